const users = () => Response.json([]);
export { users as GET, users as POST, users as PUT, users as PATCH, users as DELETE };
