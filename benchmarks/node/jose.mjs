// An authorizer on jose.
import { importSPKI, jwtVerify } from 'jose';
import { allow, token } from './policy.cjs';

const key = await importSPKI(process.env.PUBLIC_KEY, 'RS256');

export const handler = async (event) => {
  const { payload } = await jwtVerify(token(event), key, { algorithms: ['RS256'] });
  return allow(payload, event.methodArn);
};
