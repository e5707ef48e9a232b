//! Structures through their codecs.
