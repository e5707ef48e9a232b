//! SigV4: see the modules.
