// Prints how many microseconds a library takes to verify a token, the event and the answer left out.
// Usage: node warm.mjs LIBRARY ALGORITHM seen|new FOLDER MILLISECONDS
import { createPublicKey, createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JwtVerifier } from 'aws-jwt-verify';
import { createVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';

const [library, algorithm, kind, folder, milliseconds] = process.argv.slice(2);
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');
const isSecret = algorithm === 'HS256';
const key = read(isSecret ? 'secret' : `${algorithm}-public.pem`);
const tokens = read(`${algorithm}-tokens`).trim().split('\n').slice(0, kind === 'seen' ? 1 : undefined);
const algorithms = [algorithm];

const libraries = {
  'jsonwebtoken': () => (token) => jsonwebtoken.verify(token, key, { algorithms }),
  'jose': () => {
    const object = isSecret ? createSecretKey(Buffer.from(key)) : createPublicKey(key);
    return (token) => jwtVerify(token, object, { algorithms });
  },
  'aws-jwt-verify': () => {
    const verifier = JwtVerifier.create({ issuer: null, audience: null, jwksUri: 'https://issuer.example/jwks' });
    verifier.cacheJwks(JSON.parse(read(`${algorithm}-jwks.json`)));
    return (token) => verifier.verifySync(token);
  },
  'fast-jwt': () => createVerifier({ key, algorithms, cache: kind === 'seen' }),
};
const verify = libraries[library]();

async function round() {
  const end = process.hrtime.bigint() + BigInt(milliseconds) * 1_000_000n;
  const start = process.hrtime.bigint();
  let count = 0;
  let now;
  do {
    for (let i = 0; i < 20; i++) {
      const claims = verify(tokens[count++ % tokens.length]);
      if (claims instanceof Promise) {
        await claims;
      }
    }
    now = process.hrtime.bigint();
  } while (now < end);
  return Number(now - start) / 1000 / count;
}

await round();
console.log(await round());
