"""Names for the numbers that identify things, so that a customer is never taken for an item."""

from typing import NewType

TenantId = NewType("TenantId", int)
EntityId = NewType("EntityId", int)
UserId = NewType("UserId", int)
CustomerId = NewType("CustomerId", int)
ContactId = NewType("ContactId", int)
ItemId = NewType("ItemId", int)
SourceId = NewType("SourceId", int)
ImportId = NewType("ImportId", int)
ScenarioId = NewType("ScenarioId", int)
ActionId = NewType("ActionId", int)
HoldId = NewType("HoldId", int)
SpecificId = NewType("SpecificId", int)
RunId = NewType("RunId", int)
