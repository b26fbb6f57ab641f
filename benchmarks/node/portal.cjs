// An authorizer that loads what the portal's own loads before it verifies a key: dotenv, jwks-rsa and jsonwebtoken. Its
// require('util') is Node's own module, whatever its package.json lists.
'use strict';

require('dotenv').config();
const jwksClient = require('jwks-rsa');
const jwt = require('jsonwebtoken');
const util = require('util');
const { allow, token } = require('./policy.cjs');

const key = process.env.PUBLIC_KEY;
const client = jwksClient({ cache: true, jwksUri: process.env.JWKS_URI || 'https://127.0.0.1/jwks' });
const published = util.promisify(client.getSigningKey);

exports.handler = async (event) => {
  const text = token(event);
  const { header } = jwt.decode(text, { complete: true });
  const verifying = key || (await published(header.kid)).getPublicKey();
  const claims = jwt.verify(text, verifying, { algorithms: ['RS256'] });
  return allow(claims, event.methodArn);
};
