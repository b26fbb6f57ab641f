'use strict';

const { connectionError, credentialChain, credentialsFor } = require('./aws');

const MAX_BODY = 1024 * 1024;

/** HTTP requests of AWS's, with Signature Version 4. Nothing is tried again, and no redirect is followed. */
class SignedHttp {
    #scope;
    #credentials;
    #signer;
    #client;

    /** @param {{service: string, region: string}} scope what requests are signed for */
    constructor(scope) {
        this.#scope = scope;
    }

    /**
     * Sends a request.
     *
     * @param {{action: string, target: string}} call what errors name
     * @param {{url: URL, method: string, path: string, query?: object, headers?: object, body?: string}} request
     * @param {AbortSignal} signal ends it early
     * @returns {Promise<{status: number, headers: object, body: string}>} with an empty body in place of one above 1 MiB
     * @throws {import('./error').LatchkeyError}
     */
    async send({ action, target }, { url, headers, ...request }, signal) {
        this.#client ??= this.#connect();
        await credentialsFor(action, this.#credentials);
        const { HttpRequest } = require('@smithy/protocol-http');
        const unsigned = new HttpRequest({
            protocol: url.protocol,
            hostname: url.hostname,
            ...(url.port && { port: Number(url.port) }),
            headers: { host: url.host, accept: 'application/json', ...headers },
            ...request,
        });
        const signed = await this.#signer.sign(unsigned);
        try {
            const { response } = await this.#client.handle(signed, { abortSignal: signal });
            return { status: response.statusCode, headers: response.headers, body: await text(response.body) };
        } catch (error) {
            throw connectionError(action, target, error);
        }
    }

    /** An HTTP client, and a signer for it. */
    #connect() {
        const { Sha256 } = require('@aws-crypto/sha256-js');
        const { NodeHttpHandler } = require('@smithy/node-http-handler');
        const { SignatureV4 } = require('@smithy/signature-v4');
        this.#credentials = credentialChain();
        this.#signer = new SignatureV4({ credentials: this.#credentials, ...this.#scope, sha256: Sha256 });
        return new NodeHttpHandler();
    }
}

/** A body as text; what is longer than 1 MiB is no answer of issue-key. */
async function text(body) {
    const chunks = [];
    let length = 0;
    for await (const chunk of body) {
        length += chunk.length;
        if (length > MAX_BODY) {
            return '';
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}

module.exports = { SignedHttp };
