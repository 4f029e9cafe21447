"""What is sent: the published full example, and the same made as large as a message may be."""

import uuid

from commands import HERE

AUTHORITY = "11223344"
EXAMPLE = HERE.parents[1] / "data/MeMo_Full_Example.xml"
#: Stands where each message gets an id of its own.
PLACEHOLDER = b"00000000-0000-4000-8000-000000000000"
LARGEST = 104_333_312


class Message:
    """A message in a file, and where its messageUUID stands."""

    def __init__(self, content, path):
        path.write_bytes(content)
        self.path = path
        self.length = len(content)
        self.id_at = content.index(PLACEHOLDER)

    def fresh(self):
        """The message under an id of its own."""
        return self.path.read_bytes().replace(PLACEHOLDER, str(uuid.uuid4()).encode(), 1)


def small_message(folder):
    return Message(example(), folder / "small.xml")


def large_message(folder):
    """The example with so much in its first file that it is as large as a message may be."""
    start, opening, end = example().partition(b"<memo:content>")
    room = LARGEST - len(start) - len(opening) - len(end)
    padding = b"VGhpcyBpcyBhIHRlc3Qg" * (room // 20)
    return Message(start + opening + b" " * (room % 20) + padding + end, folder / "large.xml")


def example():
    """The published full example, addressed to the authority as it is written to a citizen."""
    replacements = [
        (b"8C2EA15D-61FB-4BA9-9366-42F8B194C114", PLACEHOLDER),
        (b"<memo:recipientID>2211771212<", b"<memo:recipientID>" + AUTHORITY.encode() + b"<"),
    ]
    content = EXAMPLE.read_bytes()
    for before, after in replacements:
        content = content.replace(before, after, 1)
    header, recipient, rest = content.partition(b"<memo:Recipient>")
    return header + recipient + rest.replace(b"<memo:idType>CPR<", b"<memo:idType>CVR<", 1)
