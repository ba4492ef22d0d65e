from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

import airspace_events as ae
from record_service import app


@app.exception_handler(RequestValidationError)
def refuse(_: Request, error: RequestValidationError) -> JSONResponse:
    problems = [{"at": one["loc"], "reason": one["msg"]} for one in error.errors()]
    return JSONResponse({"detail": problems}, status_code=422)


@app.post("/check")
async def check_record(request: Request) -> JSONResponse:
    return answer(ae.check(await request.body()))


@app.post("/feeds")
async def check_feed(request: Request) -> JSONResponse:
    report = await run_in_threadpool(ae.validate, await request.body())
    return answer(report.notices)


def answer(notices: tuple[ae.Notice, ...]) -> JSONResponse:
    problems = [
        {"code": one.code, "line": one.line, "at": one.pointer, "reason": one.message}
        for one in notices
    ]
    is_valid = all(one.severity != "error" for one in notices)
    return JSONResponse({"detail": problems}, status_code=200 if is_valid else 422)
