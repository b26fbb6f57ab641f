// What the Node.js authorizers have in common: the token out of the event, and the answer to a good one.
'use strict';

exports.token = (event) => event.authorizationToken.replace(/^Bearer /i, '');

exports.allow = (claims, methodArn) => {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  return {
    principalId: claims.org_id,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${stage}/*` }],
    },
    context: { user_id: claims.sub, company_id: claims.org_id, key_id: claims.jti },
  };
};
