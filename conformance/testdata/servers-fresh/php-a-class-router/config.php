<?php
return [
    'cors' => [
        'origins' => ['https://myapp.com/', 'https://otherapp.com'],
        'headers' => ['Content-Type', 'Authorization'],
        'expose' => ['X-Total-Count'],
        'credentials' => true,
        'max_age' => 7200,
    ],
];
