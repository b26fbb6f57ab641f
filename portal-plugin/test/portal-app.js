'use strict';

/**
 * The portal as a process of its own: reads `.env` from the folder that it starts in, chooses its plugin, and serves its two
 * routes on a free port, which it prints.
 */
const { createRequire } = require('node:module');
const path = require('node:path');
require('dotenv').config();
const express = require('express4');
const { Portal } = require('./portal');

const portal = new Portal(process.env, createRequire(path.join(process.cwd(), 'app.js')));
const app = express();
app.use(express.json());
app.post('/create-key', async (request, response) => {
    const { status, body } = await portal.createKey(request.body.stripeCustomerId, request.body.email);
    response.status(status).json(body);
});
app.post('/register', async (request, response) => {
    const { stripeCustomerId, email, subscriptionId } = request.body;
    const { status, body } = await portal.register(stripeCustomerId, email, subscriptionId);
    response.status(status).json(body);
});
const server = app.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
