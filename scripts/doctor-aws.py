"""AWS's emulator for scripts/test-doctor, with what moto server leaves out of a function: how it logs, and, by tags of these names,
a state other than active and an update that failed. Takes moto server's arguments."""

from moto.awslambda.models import LambdaFunction
from moto.server import main

BY_TAGS = {"State", "StateReason", "LastUpdateStatus", "LastUpdateStatusReason"}

create = LambdaFunction.create_from_cloudformation_json
update = LambdaFunction.update_configuration
describe = LambdaFunction.get_configuration


def create_from_cloudformation_json(name, resource, *arguments, **others):
    function = create(name, resource, *arguments, **others)
    function.logging_config = resource["Properties"].get("LoggingConfig")
    return function


def update_configuration(self, changes):
    self.logging_config = changes.get("LoggingConfig", self.logging_config)
    return update(self, changes)


def get_configuration(self, on_create=False):
    configuration = describe(self, on_create)
    if self.logging_config:
        configuration["LoggingConfig"] = self.logging_config
    return configuration | {name: value for name, value in self.tags.items() if name in BY_TAGS}


LambdaFunction.logging_config = None
LambdaFunction.create_from_cloudformation_json = create_from_cloudformation_json
LambdaFunction.update_configuration = update_configuration
LambdaFunction.get_configuration = get_configuration

if __name__ == "__main__":
    main()
