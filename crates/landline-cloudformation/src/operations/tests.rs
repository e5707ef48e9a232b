//! The API through the dispatcher, with things that remember and fail on request.
