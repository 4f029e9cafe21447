"""Digital Post's side: letters sent one after the other, sent again until they are accepted, and a ledger of the answers."""

import http.client
import json
import ssl
import threading
import time
import uuid
from pathlib import Path

#: How long a letter waits before it is sent again: hours with Digital Post, a second here.
AGAIN_AFTER = 1.0
#: Each so many-th letter is sent again though it was accepted.
TWICE = 100
LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<memo:Message xmlns:memo="https://DigitalPost.dk/MeMo-1" memoVersion="1.2"><memo:MessageHeader>\
<memo:messageType>DIGITALPOST</memo:messageType><memo:messageUUID>{uuid}</memo:messageUUID>\
<memo:label>Brev</memo:label><memo:Sender><memo:senderID>{sender}</memo:senderID><memo:idType>CVR</memo:idType>\
<memo:label>En virksomhed</memo:label></memo:Sender><memo:Recipient><memo:recipientID>{recipient}</memo:recipientID>\
<memo:idType>CVR</memo:idType></memo:Recipient></memo:MessageHeader><memo:MessageBody>\
<memo:createdDateTime>2026-01-02T12:00:00Z</memo:createdDateTime><memo:MainDocument><memo:File>\
<memo:encodingFormat>text/plain</memo:encodingFormat><memo:filename>brev.txt</memo:filename>\
<memo:language>da</memo:language><memo:content>{content}</memo:content></memo:File></memo:MainDocument>\
</memo:MessageBody></memo:Message>
"""


class Letter:
    def __init__(self, sender: str, recipient: str, number: int):
        self.uuid = str(uuid.uuid4())
        content = "SGVqIHZlcmRlbg==" * (1 if number % 50 else 4_000)
        self.body = LETTER.format(uuid=self.uuid, sender=sender, recipient=recipient, content=content).encode()
        self.not_before = 0.0


class Identity:
    """Whom a caller believes, and what it shows."""

    def __init__(self, trusted: Path, pair: tuple[Path, Path] | None, api_key: str | None):
        self.context = ssl.create_default_context(cafile=str(trusted))
        if pair:
            self.context.load_cert_chain(*pair)
        self.headers = {"Content-Type": "application/xml"} | ({"X-Api-Key": api_key} if api_key else {})


class Sender:
    """Sends from a thread of its own until it is told to end; what was not accepted is sent again."""

    def __init__(self, port: int, recipient: str, senders: list[str], pause: float):
        self.port, self.recipient, self.senders, self.pause = port, recipient, senders, pause
        self.accepted: dict[str, bytes] = {}
        self.answers: dict[str, int] = {}
        self.waiting: list[Letter] = []
        self.sent = 0
        self.identity: Identity | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self):
        self._thread.start()

    def finish(self, within: float) -> list[Letter]:
        """Begins no letter any more, sends again what waits, and returns what nobody has accepted in that time."""
        self._ending.set()
        self._thread.join()
        until = time.monotonic() + within
        while self.waiting and time.monotonic() < until:
            for letter in self.waiting[:]:
                self.waiting.remove(letter)
                self.deliver(letter)
            time.sleep(0.2)
        return self.waiting

    def deliver(self, letter: Letter) -> str:
        outcome = self.call(letter, self.identity)
        self.answers[outcome] = self.answers.get(outcome, 0) + 1
        if outcome == "COMPLETED":
            self.accepted[letter.uuid] = letter.body
        else:
            letter.not_before = time.monotonic() + AGAIN_AFTER
            self.waiting.append(letter)
        return outcome

    def call(self, letter: Letter, identity: Identity) -> str:
        """`COMPLETED`, the receipt's error code, or the name of what went wrong."""
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=identity.context)
        try:
            connection.request("POST", "/memo", letter.body, identity.headers)
            answer = json.loads(connection.getresponse().read())
            if answer["receiptStatus"] == "COMPLETED" and answer["errorCode"] is None:
                return "COMPLETED"
            return answer["errorCode"] or answer["receiptStatus"]
        except (OSError, http.client.HTTPException, ValueError) as error:
            return type(error).__name__
        finally:
            connection.close()

    def _run(self):
        while not self._ending.is_set():
            due = next((letter for letter in self.waiting if letter.not_before <= time.monotonic()), None)
            if due:
                self.waiting.remove(due)
            else:
                self.sent += 1
                due = self.letter()
            outcome = self.deliver(due)
            if outcome == "COMPLETED" and self.sent % TWICE == 0:
                # As if the answer had been lost on its way.
                self.deliver(due)
            time.sleep(self.pause)

    def letter(self) -> Letter:
        return Letter(self.senders[self.sent % len(self.senders)], self.recipient, self.sent)
