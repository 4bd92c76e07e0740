"""The tenant's default assigners, under the published suite."""

from relance.plugins.assigners.collector import DefaultCollector
from relance.plugins.assigners.scenario import DefaultScenario
from relance.plugins.testing import assigner_suite

TestDefaultCollector = assigner_suite(DefaultCollector(), defaults={"collector": "ann@acme.example"})
TestDefaultScenario = assigner_suite(DefaultScenario(), defaults={"scenario": "standard"})
