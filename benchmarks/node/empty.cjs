// A function that does nothing: what Node.js and AWS's runtime client cost by themselves.
'use strict';

exports.handler = async () => ({});
