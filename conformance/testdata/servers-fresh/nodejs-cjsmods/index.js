#!/usr/bin/env node
'use strict';
const app = require('./src/app'), { port } = require('./src/config');
if (require.main === module) app.listen(port, () => console.log(`http://localhost:${port}`));
