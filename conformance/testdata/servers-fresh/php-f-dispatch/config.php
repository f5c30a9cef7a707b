<?php return ['cors' => ['origins' => ['https://myapp.com', 'http://localhost:3000'], 'methods' => ['GET','POST'], 'headers' => 'Content-Type', 'credentials' => 1], 'db' => ['host' => 'x']];
