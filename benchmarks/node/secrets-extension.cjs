// An authorizer on jsonwebtoken 8.5.1 that takes its key from Secrets Manager, by AWS's extension.
'use strict';

const { createPublicKey } = require('node:crypto');
const jwt = require('jsonwebtoken');
const { allow, token } = require('./policy.cjs');

const address = `http://localhost:${process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT}/secretsmanager/get?secretId=`;
let key;

async function publicKey() {
  const answer = await fetch(address + encodeURIComponent(process.env.PLUGIN_JWT_SECRET_ID), {
    headers: { 'X-Aws-Parameters-Secrets-Token': process.env.AWS_SESSION_TOKEN },
  });
  const secret = await answer.json();
  return createPublicKey(secret.SecretString).export({ type: 'spki', format: 'pem' });
}

exports.handler = async (event) => {
  key ??= await publicKey();
  return allow(jwt.verify(token(event), key, { algorithms: ['RS256'] }), event.methodArn);
};
