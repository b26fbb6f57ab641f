'use strict';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

Object.assign(process.env, CREDENTIALS);
delete process.env.AWS_SESSION_TOKEN;
delete process.env.AWS_PROFILE;

/** What the tests' requests are signed with. */
module.exports = { CREDENTIALS };
