'use strict';

const { once } = require('node:events');
const http = require('node:http');
const { text } = require('node:stream/consumers');

/**
 * Starts a server on loopback that answers the requests in turn, the last answer again and again, and keeps what came.
 *
 * @param {import('node:test').TestContext} test stops the server when it ends
 * @param {...Function} answers each with `(response, request)`, where the request has `body`, too
 * @returns {Promise<{url: string, requests: object[]}>}
 */
async function server(test, ...answers) {
    const requests = [];
    const listener = http.createServer(async (request, response) => {
        const chunks = [];
        for await (const chunk of request) {
            chunks.push(chunk);
        }
        const { method, url, headers } = request;
        const body = Buffer.concat(chunks).toString('utf8');
        requests.push({ method, url, headers, body });
        const answer = answers[Math.min(requests.length, answers.length) - 1];
        await answer(response, { method, url, headers, body });
    });
    await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
    test.after(() => {
        listener.close();
        listener.closeAllConnections();
    });
    return { url: `http://127.0.0.1:${listener.address().port}`, requests };
}

/** An answer with a JSON body. */
function json(status, body, headers = {}) {
    return (response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
    };
}

/** A web page, such as a proxy answers with. */
function html(status) {
    return (response) => {
        response.writeHead(status, { 'content-type': 'text/html' });
        response.end('<html><body>eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln</body></html>');
    };
}

/** Closes the connection without an answer. */
function reset(response) {
    response.socket.destroy();
}

/** Never answers. */
function silent() {}

/**
 * Lets another server answer, and hands its answer to `deliver`, which by default passes it on. The request reaches it as
 * it came, its Host with it, which the signature covers.
 */
function forwarding(target, deliver = (answer, response) => response.writeHead(answer.status).end(answer.body)) {
    return async (response, { method, url, headers, body }) => {
        const request = http.request(target + url, { method, headers });
        request.end(body);
        const [answer] = await once(request, 'response');
        await deliver({ status: answer.statusCode, body: await text(answer) }, response);
    };
}

module.exports = { forwarding, html, json, reset, server, silent };
