class ApiError extends Error { constructor(status, message) { super(message); this.status = status; } }
const notFound = (req, res, next) => next(new ApiError(404, `Not found - ${req.originalUrl}`));
const errorHandler = (err, req, res, next) => {
  const status = err.status || err.statusCode || 500;
  res.status(status).json({ success: false, message: err.message, ...(process.env.NODE_ENV === 'development' && { stack: err.stack }) });
};
module.exports = { ApiError, notFound, errorHandler };
