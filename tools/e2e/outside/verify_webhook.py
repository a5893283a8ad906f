"""Verifies webhooks with the standardwebhooks package of PyPI. Reads a list of {secret, body, headers}, prints what became of each."""

import json
import sys

from standardwebhooks import Webhook


def verdict(message):
    try:
        return {"verified": Webhook(message["secret"]).verify(message["body"], message["headers"])["type"]}
    except Exception as error:
        return {"refused": str(error)}


print(json.dumps([verdict(message) for message in json.load(sys.stdin)]))
