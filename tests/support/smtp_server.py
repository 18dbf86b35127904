#!/usr/bin/python3
# A real mail server (aiosmtpd) with faults, for tests. Usage: smtp_server.py FOLDER MODE TIMES PORT
# (TIMES 0: always; PORT 0: any).
# Prints "port N" when it listens. Every mail it takes (and, for a drop, every mail it got) becomes
# FOLDER/N.json, decoded by Python's own mail parser.
import asyncio
import email
import email.policy
import json
import os
import ssl
import subprocess
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

warnings.simplefilter("ignore")
FOLDER, MODE = sys.argv[1], sys.argv[2]
left = int(sys.argv[3]) or 1 << 30
PORT = int(sys.argv[4])


def fault(name):
    """Whether this fault happens now."""
    global left
    if MODE != name or left <= 0:
        return False
    left -= 1
    return True


def keep(server, envelope, session):
    raw = envelope.original_content
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    number = len([name for name in os.listdir(FOLDER) if name.endswith(".json")]) + 1
    facts = {
        "mail_from": envelope.mail_from,
        "rcpt_tos": envelope.rcpt_tos,
        "raw": raw.decode("ascii"),
        "headers": [[name, str(value)] for name, value in mail.items()],
        "defects": [str(defect) for defect in mail.defects],
        "content_type": mail.get_content_type(),
        "text": mail.get_content().replace("\r\n", "\n"),
        "encrypted": server.transport.get_extra_info("ssl_object") is not None,
        "user": session.auth_data.login.decode() if session.authenticated else None,
    }
    path = os.path.join(FOLDER, "%d.json" % number)
    with open(path + ".part", "w") as file:
        json.dump(facts, file)
    os.rename(path + ".part", path)


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        if fault("slow"):
            await asyncio.sleep(3600)
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if fault("drop_at_mail"):
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if fault("550"):
            return "550 5.1.1 <%s>: no such person here" % address
        if fault("451"):
            return "451 4.3.0 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if fault("drop_after_data"):
            keep(server, envelope, session)
            server.transport.abort()
            return "250 nobody hears this"
        if fault("silent_after_data"):
            keep(server, envelope, session)
            await asyncio.sleep(3600)
        if fault("554_after_data"):
            return "554 5.7.1 this looks like spam"
        if fault("452_after_data"):
            return "452 4.3.1 disk full"
        keep(server, envelope, session)
        return "250 2.0.0 taken as %d" % len(os.listdir(FOLDER))


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data == LoginPassword(b"tally", b"correct horse")
    return AuthResult(success=good, handled=False, auth_data=data if good else None)


def certificate():
    cert, key = os.path.join(FOLDER, "cert.pem"), os.path.join(FOLDER, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=localhost", "-days", "1",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, stderr=subprocess.DEVNULL)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context


async def talk_without_end(reader, writer):
    try:
        while True:
            writer.write(b"220-" + b"x" * 900 + b"\r\n")
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def say_421(reader, writer):
    writer.write(b"421 4.3.2 come back later\r\n")
    await writer.drain()
    writer.close()


async def say_http(reader, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await writer.drain()
    writer.close()


def protocol(options):
    return SMTP(Handler(), enable_SMTPUTF8=False, **options)


async def main():
    loop = asyncio.get_running_loop()
    raw = {"banner": talk_without_end, "421": say_421, "http": say_http}.get(MODE)
    if raw:
        server = await asyncio.start_server(raw, "127.0.0.1", PORT)
    else:
        options, context = {}, None
        if MODE == "starttls":
            options = {"tls_context": certificate(), "require_starttls": True}
        if MODE == "tls":
            context = certificate()
        if MODE == "auth":
            options = {"authenticator": authenticate, "auth_required": True,
                       "auth_require_tls": False}
        server = await loop.create_server(lambda: protocol(options), "127.0.0.1", PORT, ssl=context)
    print("port %d" % server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)  # ends with the test


asyncio.run(main())
