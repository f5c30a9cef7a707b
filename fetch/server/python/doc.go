// Package python contains models of servers that are written in Python: Flask with
// Flask-CORS, Django with django-cors-headers, and FastAPI and Starlette with their
// CORSMiddleware. [FlaskReader], [DjangoReader] and [StarletteReader] read their
// programs and settings.
//
// A program is run by an interpreter of the part of Python that such programs use.
// Modules that are not given, and libraries that are not modelled, are unknown
// values; a request whose CORS headers depend on one gets a [server.UnknownError].
// Regular expressions run as Go's where these mean the same.
//
// # Documents
//
//   - Flask 2.2.2 and Werkzeug 2.2.2: flask/app.py, flask/scaffold.py,
//     flask/blueprints.py, werkzeug/routing/ and werkzeug/exceptions.py as packaged by Debian 12
//   - Flask-CORS 3.0.10 as packaged by Debian 12, and 6.0:
//     https://github.com/corydolphin/flask-cors
//   - Django 3.2, django/core/handlers/ and django/middleware/ as packaged by Debian 12
//   - django-cors-headers 3.14 and 4.9: https://github.com/adamchainz/django-cors-headers
//   - Starlette 0.26.1 and 0.47: https://github.com/encode/starlette
//   - FastAPI 0.92: fastapi/routing.py as packaged by Debian 12
package python
