DOMAINS = ('myapp.com', 'otherapp.com')
ORIGINS = ['%s://%s' % (s, d) for d in DOMAINS for s in ('http', 'https')]
