<?php
require __DIR__ . '/lib/App.php';
$app = new Mini\App();
$app->add(function ($request, $handler) {
    $response = $handler->handle($request);
    $origin = $request->getHeaderLine('Origin');
    return $response
        ->withHeader('Access-Control-Allow-Origin', in_array($origin, ['https://myapp.com'], true) ? $origin : 'https://otherapp.com')
        ->withHeader('Access-Control-Allow-Headers', 'X-Requested-With, Content-Type')
        ->withAddedHeader('Vary', 'Origin')->withAddedHeader('Vary', 'Cookie');
});
$app->options('/{routes:.+}', fn ($rq, $rs) => $rs);
$app->get('/api/users', function ($rq, $rs) { return $rs->withJson([]); });
$app->map(['GET', 'POST'], '/{any:.*}', function ($rq, $rs) { return $rs->withStatus(404); });
$app->run();
