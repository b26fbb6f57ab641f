// An authorizer on jsonwebtoken 8.5.1 that takes its key from Secrets Manager, by AWS SDK v3.
'use strict';

const { createPublicKey } = require('node:crypto');
const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');
const jwt = require('jsonwebtoken');
const { allow, token } = require('./policy.cjs');

const client = new SecretsManagerClient({});
let key;

async function publicKey() {
  const secret = await client.send(new GetSecretValueCommand({ SecretId: process.env.PLUGIN_JWT_SECRET_ID }));
  return createPublicKey(secret.SecretString).export({ type: 'spki', format: 'pem' });
}

exports.handler = async (event) => {
  key ??= await publicKey();
  return allow(jwt.verify(token(event), key, { algorithms: ['RS256'] }), event.methodArn);
};
