from fastapi import FastAPI

import airspace_events as ae

app = FastAPI(title="Records", separate_input_output_schemas=False)
held: dict[tuple[str, int], ae.Record] = {}


@app.get("/records", response_model_exclude_none=True, response_model_exclude_defaults=True)
def records() -> list[ae.Record]:
    return list(held.values())


@app.post(
    "/records",
    status_code=201,
    response_model_exclude_none=True,
    response_model_exclude_defaults=True,
)
def add(record: ae.Record) -> ae.Record:
    held[record.id, record.revision] = record
    return record
