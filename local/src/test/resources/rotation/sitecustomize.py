"""Has moto server begin a rotation as Secrets Manager does: the version that a rotation function is to fill is there, has
no value, and is pending, while everybody reads the current one. By itself moto makes the pending version the one that is read."""

import time

from moto.secretsmanager.models import SecretsManagerBackend


def rotate_secret(self, secret_id, client_request_token=None, *arguments, **others):
    secret = self.secrets[secret_id]
    secret.remove_version_stages_from_old_versions(["AWSPENDING"])
    secret.versions[client_request_token] = {
        "createdate": int(time.time()),
        "version_id": client_request_token,
        "version_stages": ["AWSPENDING"],
    }
    secret.rotation_requested = secret.rotation_enabled = True
    return secret.to_short_dict()


SecretsManagerBackend.rotate_secret = rotate_secret
