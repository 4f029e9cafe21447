"""A model of a fagsystem's endpoint (PostModtag) for Postfordeler, to copy from.

Run it:  python3 endpoint.py 9101 received        (Python 3.8 or newer, nothing to install)
Try it:  postfordeler try-endpoint http://127.0.0.1:9101/postmodtag

It reads the whole letter, by Content-Length or in chunks, and checks that it is well-formed while it is written to a
file; says COMPLETED only when the file is on the disk as received/<messageUUID>.xml; answers a letter that it has already
as before; and rejects what is broken or too large. It listens on this machine alone: TLS and the caller's key belong to
the web server in front of it.
"""
import json, os, sys, uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.parsers import expat

PORT, FOLDER, LARGEST = int(sys.argv[1]), sys.argv[2], 104_333_312
UUID_PATH = [f"https://DigitalPost.dk/MeMo-1 {name}" for name in ("Message", "MessageHeader", "messageUUID")]

def no_doctype(*_):
    raise ValueError("the letter has a DOCTYPE")

class Endpoint(BaseHTTPRequestHandler):
    protocol_version, timeout, wbufsize = "HTTP/1.1", 30, -1

    def do_POST(self):
        part = os.path.join(FOLDER, f"{uuid.uuid4()}.part")
        try:
            message = self.receive(part)
            if message is None:
                return self.answer(413, None, "memo.for_stor", "the letter is larger than 104,333,312 bytes")
            kept = os.path.join(FOLDER, f"{message}.xml")
            if not os.path.exists(kept):  # a letter that is here already is answered as before
                os.replace(part, kept)
            self.answer(200, str(message))
        except (ValueError, expat.ExpatError):
            self.answer(400, None, "memo.ugyldig", "the letter is no well-formed MeMo message")
        except OSError:  # half a letter is none: nobody is there to be answered; or the disk is full, and it comes again
            self.close_connection = True
        finally:
            if os.path.exists(part):
                os.remove(part)

    def receive(self, part):
        path, found, came, parser = [], [], 0, expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = lambda name, _: path.append(name)
        parser.EndElementHandler = lambda _: path.pop()
        parser.CharacterDataHandler = lambda text: found.append(text) if path == UUID_PATH else None
        parser.StartDoctypeDeclHandler = no_doctype
        with open(part, "xb") as file:
            for piece in self.pieces():
                came += len(piece)
                if came > LARGEST:
                    return None
                file.write(piece)
                parser.Parse(piece, False)
            parser.Parse(b"", True)
            file.flush()
            os.fsync(file.fileno())
        return uuid.UUID("".join(found).strip())

    def pieces(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            yield from self.exactly(int(self.headers.get("Content-Length", "")))
            return
        while size := int(self.line().split(b";")[0], 16):
            yield from self.exactly(size)
            self.line()  # the end of the chunk
        while self.line().strip():
            pass  # what stands after the last chunk

    def exactly(self, size):
        while size > 0:
            piece = self.rfile.read1(min(size, 65536))
            if not piece:
                raise ConnectionError("the letter was broken off")
            size -= len(piece)
            yield piece

    def line(self):
        line = self.rfile.readline(8192)
        if not line.endswith(b"\n"):
            raise ConnectionError("the letter was broken off")
        return line

    def answer(self, status, message, code=None, words=None):
        self.close_connection = self.close_connection or status != 200  # what is left of the letter is not read
        receipt = {"transmissionId": str(uuid.uuid4()), "messageUUID": message, "receiptStatus": "INVALID" if code else "COMPLETED",
                   "errorCode": code, "errorMessage": words, "timeStamp": datetime.now(timezone.utc).isoformat()}
        body = json.dumps(receipt).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass  # an address may tell of a person; write your own log without personal data

os.makedirs(FOLDER, mode=0o700, exist_ok=True)
server = ThreadingHTTPServer(("127.0.0.1", PORT), Endpoint)
print(f"Receiving at http://127.0.0.1:{server.server_port}/postmodtag", flush=True)
server.serve_forever()
