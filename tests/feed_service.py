from io import BytesIO

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


@app.post("/feeds")
async def check(request: Request) -> JSONResponse:
    report = await run_in_threadpool(ae.validate, BytesIO(await request.body()))
    problems = [
        {"code": one.code, "line": one.line, "at": one.pointer, "reason": one.message}
        for one in report.notices
    ]
    return JSONResponse({"detail": problems}, status_code=200 if report.ok else 422)
