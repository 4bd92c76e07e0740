"""An SMS as a file that a person can read: to whom, from whom, when, and the words."""

from relance.plugins import Message
from relance.plugins.channels.mime import BadMessage


def plain(message: Message) -> bytes:
    """The file's content; raises BadMessage for one that goes to no number."""
    if not message.to or not message.to[0].phone:
        raise BadMessage("no mobile number in E.164")
    name, number = " ".join(message.to[0].name.split()), message.to[0].phone
    head = {
        "To": f"{name} {number}".strip(),
        "From": " ".join(message.sender.name.split()),
        "Date": message.date.isoformat() if message.date else "",
        "Reference": message.message_id,
        "Action": message.action,
    }
    lines = [f"{label}: {value}" for label, value in head.items() if value]
    return ("\n".join(lines) + "\n\n" + message.text.strip() + "\n").encode()
