const boom = () => { throw new Error('boom'); };
export { boom as GET, boom as POST, boom as PUT, boom as PATCH, boom as DELETE };
