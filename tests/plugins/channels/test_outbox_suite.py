"""The outbox folder, under the published suite."""

import tempfile
from pathlib import Path

from relance.plugins.channels.outbox import OutboxChannel
from relance.plugins.testing import channel_suite

TestOutbox = channel_suite(lambda: OutboxChannel(Path(tempfile.mkdtemp())))
