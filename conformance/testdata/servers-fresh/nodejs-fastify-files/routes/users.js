module.exports = async function (fastify) {
  fastify.get('/', async () => []);
  fastify.get('/:id', async (req) => ({ id: req.params.id }));
  fastify.put('/', { preHandler: async (req, reply) => { if (!req.headers.authorization) return reply.code(401).send({ m: 'no' }); } }, async () => ({}));
  fastify.delete('/', async (req, reply) => { reply.code(204); });
};
