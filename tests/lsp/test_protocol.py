"""The protocol's rules, over real pipes."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from client import Client, ResponseError, edit, frame, program

BODY = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}).encode()


class LifeCycle(unittest.TestCase):
    def test_start_and_end(self):
        with Client() as client:
            result = client.initialize()
            self.assertEqual(result["serverInfo"]["name"], "kdsl")
            self.assertEqual(result["capabilities"]["textDocumentSync"]["change"], 2)
            self.assertEqual(client.shut_down(), 0)
            self.assertEqual(client.stderr, b"")

    def test_encoding_is_negotiated(self):
        for offered, expected in ((None, "utf-16"), (["utf-16"], "utf-16"), (["utf-32", "utf-8"], "utf-8"), ("junk", "utf-16")):
            with Client() as client:
                result = client.initialize({"general": {"positionEncodings": offered}} if offered else {})
                self.assertEqual(result["capabilities"]["positionEncoding"], expected)

    def test_requests_before_initialize(self):
        with Client() as client:
            with self.assertRaises(ResponseError) as caught:
                client.request("textDocument/hover", {"textDocument": {"uri": "file:///x.kdsl"}, "position": {"line": 0, "character": 0}})
            self.assertEqual(caught.exception.code, -32002)
            client.initialize()

    def test_second_initialize_and_requests_after_shutdown(self):
        with Client() as client:
            client.initialize()
            with self.assertRaises(ResponseError) as caught:
                client.initialize()
            self.assertEqual(caught.exception.code, -32600)
            client.request("shutdown")
            with self.assertRaises(ResponseError) as caught:
                client.request("workspace/symbol", {"query": ""})
            self.assertEqual(caught.exception.code, -32600)
            client.notify("exit")
            self.assertEqual(client.wait_end(), 0)

    def test_exit_without_shutdown(self):
        with Client() as client:
            client.initialize()
            client.notify("exit")
            self.assertEqual(client.wait_end(), 1)

    def test_unknown_methods(self):
        with Client() as client:
            client.initialize()
            client.notify("$/unknown", {"a": 1})
            client.notify("unknown/notification", [1, 2])
            for method in ("unknown/request", "$/unknown", ""):
                with self.assertRaises(ResponseError) as caught:
                    client.request(method)
                self.assertEqual(caught.exception.code, -32601)
            self.assertEqual(client.shut_down(), 0)

    def test_bad_parameters_cost_one_request(self):
        with Client() as client:
            client.initialize()
            client.open("file:///x.kdsl", "let a = 1\n")
            for params in (None, {}, [], {"textDocument": 3}, {"textDocument": {"uri": 3}, "position": {}},
                           {"textDocument": {"uri": "file:///x.kdsl"}, "position": {"line": "a", "character": 0}}):
                with self.assertRaises(ResponseError) as caught:
                    client.request("textDocument/hover", params)
                self.assertEqual(caught.exception.code, -32602, params)
            client.notify("textDocument/didChange", {"contentChanges": 7})
            client.notify("textDocument/didOpen", {})
            self.assertEqual(client.shut_down(), 0)


class Bytes(unittest.TestCase):
    def test_malformed_messages_are_answered(self):
        with Client() as client:
            client.initialize()
            for body, code in ((b"{", -32700), (b"\xff\xfe", -32700), (b"[]", -32600), (b"[" + BODY + b"]", -32600), (b"3", -32600),
                               (b'{"jsonrpc":"2.0","id":5}', -32600), (b'{"id":5,"method":"shutdown"}', -32600)):
                client.send_bytes(frame(body))
                message = client.wait_error()
                self.assertEqual(message["error"]["code"], code, body)
            client.send_bytes(b"Content-Length: x\r\n\r\n{}")
            client.send_bytes(frame(json.dumps({"jsonrpc": "2.0", "id": "s", "method": "shutdown"}).encode()))
            self.assertEqual(client.response("s")["result"], None)

    def test_end_at_every_byte(self):
        stream = frame(BODY) + frame(b'{"jsonrpc":"2.0","method":"initialized","params":{}}')
        for size in list(range(0, len(stream), 7)) + [len(stream)]:
            done = subprocess.run([program(), "lsp"], input=stream[:size], capture_output=True, timeout=20)
            self.assertEqual(done.returncode, 1, size)
            self.assertEqual(done.stderr, b"", size)

    def test_a_large_document(self):
        text = "let a = [" + "1, " * 500_000 + "1]\n"
        with Client() as client:
            client.initialize()
            client.open("file:///tmp/large.kdsl", text)
            client.request("textDocument/foldingRange", {"textDocument": {"uri": "file:///tmp/large.kdsl"}})
            self.assertEqual(client.shut_down(), 0)

    def test_deep_nesting(self):
        with Client() as client:
            client.initialize()
            for text in ("let a = " + "(" * 200_000, "let a = " + "{ a: " * 100_000, "let a = " + "[" * 100_000 + "]" * 100_000, "let a = " + "-" * 300_000 + "1",
                         "let a = b" + ".c" * 200_000, "let a = 1" + " + 1" * 100_000):
                client.open("file:///tmp/deep.kdsl", text)
                client.diagnostics("file:///tmp/deep.kdsl")
                for method in ("documentSymbol", "foldingRange", "semanticTokens/full"):
                    client.request("textDocument/" + method, {"textDocument": {"uri": "file:///tmp/deep.kdsl"}})
                client.at("textDocument/completion", "file:///tmp/deep.kdsl", (0, len(text)))
                client.at("textDocument/hover", "file:///tmp/deep.kdsl", (0, 4))
                client.close("file:///tmp/deep.kdsl")
            self.assertEqual(client.shut_down(), 0)


class Ends(unittest.TestCase):
    def test_the_pipe_is_closed(self):
        with Client() as client:
            client.initialize()
            client.process.stdin.close()
            self.assertEqual(client.wait_end(), 1)

    def test_the_reader_is_gone(self):
        # Answers go nowhere: no signal may kill the server, it ends by itself.
        server = subprocess.Popen([program(), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        server.stdout.close()
        try:
            server.stdin.write(frame(BODY))
            for identifier in range(200):
                server.stdin.write(frame(b'{"jsonrpc":"2.0","id":%d,"method":"workspace/symbol","params":{"query":"a"}}' % identifier))
            server.stdin.close()
        except BrokenPipeError:
            pass
        self.assertEqual(server.wait(20), 1)

    def test_the_client_dies(self):
        # A client that is killed while something else keeps its pipe open.
        with tempfile.TemporaryDirectory() as folder:
            fifo = os.path.join(folder, "in")
            os.mkfifo(fifo)
            dead = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            server = subprocess.Popen([program(), "lsp"], stdin=os.open(fifo, os.O_RDWR), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": dead.pid, "capabilities": {}}}).encode()
                with open(fifo, "wb") as pipe:
                    pipe.write(frame(body))
                    pipe.flush()
                    time.sleep(0.5)
                    self.assertIsNone(server.poll())
                    dead.send_signal(signal.SIGKILL)
                    dead.wait()
                    self.assertEqual(server.wait(10), 1)
            finally:
                server.kill()
                dead.kill()
                server.wait()


class Cancellation(unittest.TestCase):
    def test_cancel_storm(self):
        with Client() as client:
            client.initialize()
            client.open("file:///tmp/cancel.kdsl", "let a = 1\n" * 2000)
            identifiers = [client.start_request("textDocument/semanticTokens/full", {"textDocument": {"uri": "file:///tmp/cancel.kdsl"}}) for _ in range(100)]
            for identifier in identifiers:
                client.notify("$/cancelRequest", {"id": identifier})
            client.notify("$/cancelRequest", {"id": "never sent"})
            client.notify("$/cancelRequest", {})
            client.notify("$/cancelRequest")
            outcomes = [client.response(identifier) for identifier in identifiers]
            cancelled = [one for one in outcomes if one.get("error", {}).get("code") == -32800]
            self.assertTrue(all("result" in one or one in cancelled for one in outcomes))
            self.assertTrue(cancelled, "at least what waited is cancelled")
            self.assertEqual(client.shut_down(), 0)


class Guarded(unittest.TestCase):
    """The work is done in a process of its own: its death costs the requests that it had, and nothing else."""

    URI = "file:///tmp/kdsl-guard/a.kdsl"

    def worker(self, client):
        """The process that does the work."""
        for _ in range(200):
            children = " ".join(path.read_text() for path in pathlib.Path(f"/proc/{client.process.pid}/task").glob("*/children")).split()
            if children:
                return int(children[0])
            time.sleep(0.02)
        self.fail("no worker")

    def crash(self, client):
        os.kill(self.worker(client), signal.SIGSEGV)
        client.wait_for("window/showMessage", lambda params: "crashed" in params["message"])

    def test_documents_survive(self):
        with Client() as client:
            client.initialize()
            client.open(self.URI, "let a = \n")
            client.change(self.URI, [edit((0, 8), (0, 8), "é + b")])
            before = client.diagnostics(self.URI, 2)
            self.crash(client)
            self.assertEqual(client.diagnostics(self.URI, 2), before)
            version = client.change(self.URI, [edit((0, 8), (0, 14), "1")])
            self.assertEqual(client.diagnostics(self.URI, version), [])
            client.crashes = 0
            self.assertEqual(client.shut_down(), 0)

    def test_no_reply_is_lost(self):
        with Client() as client:
            client.initialize()
            client.open(self.URI, "let a = [" + "1, " * 50_000 + "1]\n")
            document = {"textDocument": {"uri": self.URI}}
            worker = self.worker(client)
            os.kill(worker, signal.SIGSTOP)
            identifiers = [client.start_request("textDocument/semanticTokens/full", document) for _ in range(5)]
            os.kill(worker, signal.SIGKILL)
            outcomes = [client.response(identifier) for identifier in identifiers]
            self.assertTrue(all("result" in one or one["error"]["code"] == -32603 for one in outcomes), outcomes)
            self.assertTrue(client.request("textDocument/semanticTokens/full", document)["data"])
            client.crashes = 0
            self.assertEqual(client.shut_down(), 0)

    def test_a_text_that_always_crashes_waits_for_an_edit(self):
        with Client() as client:
            client.initialize()
            client.open(self.URI, "let a = 1\n")
            for _ in range(3):
                self.crash(client)
            with self.assertRaises(ResponseError) as caught:
                client.at("textDocument/hover", self.URI, (0, 4))
            self.assertEqual(caught.exception.code, -32603)
            client.change(self.URI, [edit((0, 8), (0, 9), "2")])
            self.assertIn("let a: int", client.at("textDocument/hover", self.URI, (0, 4))["contents"]["value"])
            client.crashes = 0
            self.assertEqual(client.shut_down(), 0)

    def test_ending_while_it_is_down(self):
        with Client() as client:
            client.initialize()
            for _ in range(3):
                self.crash(client)
            client.crashes = 0
            self.assertEqual(client.shut_down(), 0)

    def test_without_a_guard(self):
        with Client([program(), "lsp", "--no-guard"]) as client:
            client.initialize()
            self.assertEqual(pathlib.Path(f"/proc/{client.process.pid}/task/{client.process.pid}/children").read_text(), "")
            self.assertEqual(client.shut_down(), 0)


class Socket(unittest.TestCase):
    def test_one_client_at_a_port(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([program(), "lsp", "--socket", str(port)], stdin=subprocess.DEVNULL)
        try:
            for _ in range(100):
                try:
                    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            with connection, connection.makefile("rb") as answers:
                connection.sendall(frame(BODY))
                length = int(answers.readline().split(b":")[1])
                answers.readline()
                self.assertIn("capabilities", json.loads(answers.read(length))["result"])
            self.assertEqual(server.wait(20), 1)
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    unittest.main()
