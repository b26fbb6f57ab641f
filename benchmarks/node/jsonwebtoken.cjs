// An authorizer on jsonwebtoken 8.5.1, the library that the portal's own authorizer uses.
'use strict';

const jwt = require('jsonwebtoken');
const { allow, token } = require('./policy.cjs');

const key = process.env.PUBLIC_KEY;

exports.handler = async (event) => {
  const claims = jwt.verify(token(event), key, { algorithms: ['RS256'] });
  return allow(claims, event.methodArn);
};
