"""Letters of our own making, as mail servers would write them."""

_DSN = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

The mail system could not deliver your message.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Tue, 3 Mar 2026 10:00:00 +0100

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--cut
Content-Type: text/rfc822-headers

Message-ID: <whatever@somewhere.example>
Subject: Reminder

--cut--
"""
_COMPLAINT = """\
From: feedback@provider.example
To: {to}
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="cut"

--cut
Content-Type: text/plain

This is an abuse report.

--cut
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: provider/1.0
Version: 1
Original-Rcpt-To: {address}

--cut--
"""


def dsn(to: str, address: str, status: str = "5.1.1", action: str = "failed", said: str = "550 no such user") -> bytes:
    """A report of delivery."""
    return _crlf(_DSN.format(to=to, address=address, status=status, action=action, said=said))


def complaint(to: str, address: str) -> bytes:
    """A report of abuse."""
    return _crlf(_COMPLAINT.format(to=to, address=address))


def out_of_office(to: str) -> bytes:
    """An answer that nobody wrote."""
    return _crlf(f"From: pay1@customer1.example\nTo: {to}\nAuto-Submitted: auto-replied\nSubject: Away\n\nUntil May.\n")


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
