//! One message: which route it selects, the event its integration gets, the frame that answers.

pub mod selection;
