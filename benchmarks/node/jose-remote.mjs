// An authorizer on jose that takes its keys from a remote JWK Set.
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { allow, token } from './policy.cjs';

const keys = createRemoteJWKSet(new URL(process.env.JWKS_URI));

export const handler = async (event) => {
  const { payload } = await jwtVerify(token(event), keys, { algorithms: ['RS256'] });
  return allow(payload, event.methodArn);
};
