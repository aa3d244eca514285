"""The three AWS services that the DAGs call, on one port: Lambda Invoke, Redshift Data, SNS Publish.

Answers are set by the test; what was asked is kept. Nothing is stored or computed: the real services (and the local
stand-ins) are tested elsewhere.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class FunctionError:
    """A reply with FunctionError, or (with `status`) a refusal of the call itself."""

    name: str | None
    message: str = "a sentence"
    status: int | None = None


Event = dict[str, Any]
Answer = dict[str, Any] | FunctionError


@dataclass
class AwsStub:
    """State of the services; `function(name, event)` and `rows(sql)` decide the answers."""

    function: Callable[[str, Event], Answer]
    rows: Callable[[str], list[dict[str, Any]]]
    invocations: list[tuple[str, Event]] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    alerts: list[dict[str, str]] = field(default_factory=list)
    failing_statements: str | None = None
    results: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def start(self) -> str:
        """Serve on a free port of the loopback; returns the URL."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def invoke(self, name: str, event: Event) -> tuple[int, dict[str, str], Any]:
        self.invocations.append((name, event))
        answer = self.function(name, event)
        if not isinstance(answer, FunctionError):
            return 200, {}, answer
        if answer.status is not None:
            return answer.status, {"x-amzn-errortype": str(answer.name)}, {"message": answer.message}
        payload = {"errorType": answer.name, "errorMessage": answer.message, "trace": []}
        return 200, {"X-Amz-Function-Error": "Unhandled"}, {k: v for k, v in payload.items() if v is not None}

    def data_api(self, action: str, body: dict[str, Any]) -> Any:
        if action in {"ExecuteStatement", "BatchExecuteStatement"}:
            statements = body.get("Sqls") or [body["Sql"]]
            self.statements += statements
            statement_id = str(uuid.uuid4())
            if self.failing_statements and re.search(self.failing_statements, "\n".join(statements)):
                self.failed.add(statement_id)
            else:
                self.results[statement_id] = self.rows(statements[-1])
            return {"Id": statement_id}
        if action == "DescribeStatement":
            return {"Id": body["Id"], "Status": "FAILED" if body["Id"] in self.failed else "FINISHED"}
        rows = self.results[body["Id"]]
        names = list(rows[0]) if rows else ["source"]
        records = [[_field(row[name]) for name in names] for row in rows]
        return {"ColumnMetadata": [{"name": name} for name in names], "Records": records}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if match := re.fullmatch(r"/2015-03-31/functions/([^/]+)/invocations", self.path):
                    status, headers, answer = stub.invoke(match[1], json.loads(body))
                elif target := self.headers.get("X-Amz-Target"):
                    status, headers, answer = 200, {}, stub.data_api(target.split(".")[1], json.loads(body))
                else:
                    fields = {key: values[0] for key, values in parse_qs(body.decode()).items()}
                    stub.alerts.append({"subject": fields["Subject"], "message": fields["Message"]})
                    self._send(
                        200,
                        {},
                        b"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>",
                    )
                    return
                self._send(status, headers, json.dumps(answer).encode())

            def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def _field(value: Any) -> dict[str, Any]:
    if value is None:
        return {"isNull": True}
    if isinstance(value, bool):
        return {"booleanValue": value}
    return {"longValue": value} if isinstance(value, int) else {"stringValue": str(value)}
