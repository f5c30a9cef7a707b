<?php header('Access-Control-Allow-Origin: https://myapp.com'); ?>
<?php if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS'): ?>
<?php header('Access-Control-Allow-Methods: GET, PUT'); http_response_code(204); exit; ?>
<?php elseif (isset($_GET['x'])): ?>
<p>x</p>
<?php else: ?>
<ul>
<?php foreach (['a', 'b'] as $i => $v): ?>
  <li><?= $i ?>: <?= htmlspecialchars($v) ?></li>
<?php endforeach; ?>
</ul>
<?php endif ?>
<?php header('Vary: Accept'); for ($i = 0; $i < 3; $i++): echo $i; endfor; while (false): endwhile; switch (1): case 1: echo 'one'; endswitch;
