"""A language client over the pipes of a `kdsl lsp` process, for tests and measurements. Standard library only."""

import json
import os
import pathlib
import queue
import subprocess
import threading
import sys
import time
from typing import Any, Dict, List, Optional, Tuple

import meta_model

TIMEOUT = float(os.environ.get("KDSL_LSP_TIMEOUT", "20"))

FULL_CAPABILITIES: Dict[str, Any] = {
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "experimental": {"commands": {"commands": ["kdsl.showRendered"]}},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "foldingRange": {"lineFoldingOnly": False},
    },
}


def program() -> str:
    return os.environ["KDSL_PROGRAM"]


def frame(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


class ResponseError(Exception):
    def __init__(self, error: Dict[str, Any]) -> None:
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.code = error.get("code")
        self.message = error.get("message")


class Client:
    """Speaks to one server. Messages that come in are kept; `request` waits for its answer, `wait_for` for a notification."""

    def __init__(self, command: Optional[List[str]] = None, cwd: Optional[str] = None) -> None:
        self.process = subprocess.Popen(command or [program(), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, cwd=cwd)
        self._next_id = 0
        self._incoming: "queue.Queue[Optional[Dict[str, Any]]]" = queue.Queue()
        self._kept: List[Dict[str, Any]] = []
        self.stderr = b""
        self._versions: Dict[str, int] = {}
        self._methods: Dict[Any, str] = {}
        self.checker = meta_model.checker()
        self.crashes = 0
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()

    # --- bytes

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = None
            while True:
                line = stream.readline()
                if not line:
                    self._incoming.put(None)
                    return
                if line in (b"\r\n", b"\n"):
                    break
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            assert length is not None, "a message without Content-Length"
            body = stream.read(length)
            if len(body) < length:  # the server was killed while it wrote
                self._incoming.put(None)
                return
            message = json.loads(body)
            if self.checker is not None:
                self.checker.message(message, self._methods.get(message.get("id")) if "method" not in message else None)
            if message.get("method") == "window/showMessage" and "crashed" in message["params"]["message"]:
                self.crashes += 1
            self._incoming.put(message)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.stderr = self.process.stderr.read()

    def send_bytes(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Dict[str, Any]) -> None:
        self.send_bytes(frame(json.dumps({"jsonrpc": "2.0", **message}).encode()))

    def receive(self, timeout: float = TIMEOUT) -> Optional[Dict[str, Any]]:
        """The next message; None at the end of the stream."""
        try:
            return self._incoming.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"no message within {timeout} s; stderr: {self.stderr!r}") from None

    # --- messages

    def notify(self, method: str, params: Any = None) -> None:
        self.send({"method": method, **({} if params is None else {"params": params})})

    def start_request(self, method: str, params: Any = None) -> int:
        self._next_id += 1
        self._methods[self._next_id] = method
        self.send({"id": self._next_id, "method": method, **({} if params is None else {"params": params})})
        return self._next_id

    def response(self, identifier: Any) -> Dict[str, Any]:
        """The whole response of that id; other messages are kept."""
        for index, message in enumerate(self._kept):
            if message.get("id") == identifier and "method" not in message:
                return self._kept.pop(index)
        while True:
            message = self.receive()
            if message is None:
                raise EOFError(f"the server ended; stderr: {self.stderr!r}")
            if message.get("id") == identifier and "method" not in message:
                return message
            self._kept.append(message)

    def request(self, method: str, params: Any = None) -> Any:
        message = self.response(self.start_request(method, params))
        if "error" in message:
            raise ResponseError(message["error"])
        return message["result"]

    def wait_error(self) -> Dict[str, Any]:
        """The next error that answers no request of ours."""
        while True:
            message = self.receive()
            if message is None:
                raise EOFError(f"the server ended; stderr: {self.stderr!r}")
            if "error" in message:
                return message
            self._kept.append(message)

    def wait_for(self, method: str, accept=lambda params: True) -> Any:
        """The params of the next notification (or request of the server) of that method that `accept` takes."""
        for index, message in enumerate(self._kept):
            if message.get("method") == method and accept(message.get("params")):
                return self._kept.pop(index)["params"]
        while True:
            message = self.receive()
            if message is None:
                raise EOFError(f"the server ended; stderr: {self.stderr!r}")
            if message.get("method") == method and accept(message.get("params")):
                return message.get("params")
            self._kept.append(message)

    # --- life cycle

    def initialize(self, capabilities: Optional[Dict[str, Any]] = None, **more: Any) -> Dict[str, Any]:
        params = {"processId": os.getpid(), "rootUri": None, "capabilities": FULL_CAPABILITIES if capabilities is None else capabilities, **more}
        result = self.request("initialize", params)
        self.notify("initialized", {})
        return result

    def shut_down(self) -> int:
        self.request("shutdown")
        self.notify("exit")
        return self.wait_end()

    def wait_end(self) -> int:
        return self.process.wait(TIMEOUT)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, failure: Any = None, *_: Any) -> None:
        self._end()
        if failure is None and sys.exc_info()[0] is None:
            assert not self.crashes, "the server crashed"
            assert self.checker is None or not self.checker.problems, self.checker.problems[:10]

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for thread in self._threads:  # they end with what they read
            thread.join(TIMEOUT)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    pass

    # --- documents

    def open(self, uri: str, text: str, version: int = 1) -> None:
        self._versions[uri] = version
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "kdsl", "version": version, "text": text}})

    def change(self, uri: str, changes: List[Dict[str, Any]]) -> int:
        self._versions[uri] += 1
        self.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": self._versions[uri]}, "contentChanges": changes})
        return self._versions[uri]

    def close(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str, version: Optional[int] = None) -> List[Dict[str, Any]]:
        """What is published for the document, of its version if that is given."""
        accept = lambda params: params["uri"] == uri and (version is None or params.get("version") == version)
        return self.wait_for("textDocument/publishDiagnostics", accept)["diagnostics"]

    def at(self, method: str, uri: str, position: Tuple[int, int], **more: Any) -> Any:
        line, character = position
        return self.request(method, {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, **more})


def uri_of(path: Any) -> str:
    return pathlib.Path(path).absolute().as_uri()


def edit(start: Tuple[int, int], end: Tuple[int, int], text: str) -> Dict[str, Any]:
    return {"range": {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}, "text": text}


def position_of(text: str, offset: int, encoding: str = "utf-8") -> Tuple[int, int]:
    """Line and column of an offset in characters; lines end as the protocol says."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line_text = before.rsplit("\n", 1)[-1]
    return before.count("\n"), columns(line_text, encoding)


def columns(text: str, encoding: str) -> int:
    return len(text.encode()) if encoding == "utf-8" else len(text.encode("utf-16-le")) // 2


def cut_marks(marked: str, mark: str = "▮") -> Tuple[str, List[int]]:
    """The text without its marks, and where they stood."""
    parts = marked.split(mark)
    offsets, length = [], 0
    for part in parts[:-1]:
        length += len(part)
        offsets.append(length)
    return "".join(parts), offsets


def apply_edits(text: str, edits: List[Dict[str, Any]], encoding: str = "utf-8") -> str:
    """Applies text edits that are all against the same text."""
    lines, starts = text.split("\n"), [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: Dict[str, int]) -> int:
        if position["line"] >= len(lines):
            return len(text)
        line, column = lines[position["line"]], 0
        for index, character in enumerate(line):
            if column >= position["character"]:
                return starts[position["line"]] + index
            column += columns(character, encoding)
        return starts[position["line"]] + len(line)

    for change in sorted(edits, key=lambda one: offset(one["range"]["start"]), reverse=True):
        text = text[:offset(change["range"]["start"])] + change["newText"] + text[offset(change["range"]["end"]):]
    return text


def settled(client: Client, seconds: float = 0.2) -> None:
    """Waits until the server has nothing to say for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            message = client._incoming.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            return
        if message is not None:
            client._kept.append(message)
