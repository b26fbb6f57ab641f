// An authorizer on aws-jwt-verify, with its JWK Set given.
import { JwtVerifier } from 'aws-jwt-verify';
import { allow, token } from './policy.cjs';

const verifier = JwtVerifier.create({ issuer: null, audience: null, jwksUri: 'https://issuer.example/jwks' });
verifier.cacheJwks(JSON.parse(process.env.JWK_SET));

export const handler = async (event) => allow(verifier.verifySync(token(event)), event.methodArn);
