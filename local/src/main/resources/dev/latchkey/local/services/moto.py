"""AWS's emulator, moto server, for programs of this machine alone. By itself it answers every web page: it allows all
origins, and takes any host's name for its own."""

import re

import moto.server

HERE = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)


class ForPrograms(moto.server.DomainDispatcherApplication):
    def __call__(self, environ, start_response):
        if ("HTTP_ORIGIN" in environ or "HTTP_SEC_FETCH_SITE" in environ or environ.get("PATH_INFO", "").startswith("/moto-api")
                or not HERE.fullmatch(environ.get("HTTP_HOST", ""))):
            start_response("403 Forbidden", [("Content-Type", "application/json")])
            return [b'{"message":"Web pages may not ask this"}']
        return super().__call__(environ, start_response)


moto.server.DomainDispatcherApplication = ForPrograms
moto.server.main()
