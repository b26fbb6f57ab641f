// An authorizer on fast-jwt, with its cache of verified tokens.
'use strict';

const { createVerifier } = require('fast-jwt');
const { allow, token } = require('./policy.cjs');

const verify = createVerifier({ key: process.env.PUBLIC_KEY, algorithms: ['RS256'], cache: true });

exports.handler = async (event) => allow(verify(token(event)), event.methodArn);
