//! What a rendering may still do: steps, bytes, depth.

use super::RenderError;
use crate::quotas::{MAPPING_DEPTH, MAPPING_OUTPUT_BYTES, MAPPING_STEPS};

#[derive(Debug)]
pub(super) struct Budget {
    steps: u64,
    bytes: usize,
    depth: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            steps: MAPPING_STEPS,
            bytes: MAPPING_OUTPUT_BYTES,
            depth: 0,
        }
    }

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), RenderError> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.steps = self
            .steps
            .checked_sub(steps)
            .ok_or(RenderError::TooManySteps)?;
        Ok(())
    }

    pub(super) fn steps_left(&self) -> u64 {
        self.steps
    }

    /// Every string counts, not only what is printed: a template may double one at each step.
    pub(super) fn make(&mut self, bytes: usize) -> Result<(), RenderError> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(RenderError::TooLong)?;
        Ok(())
    }

    /// Reading costs a fraction of a step per byte.
    pub(super) fn read(&mut self, bytes: usize) -> Result<(), RenderError> {
        self.spend(bytes / 16 + 1)
    }

    pub(super) fn enter(&mut self) -> Result<(), RenderError> {
        if self.depth == MAPPING_DEPTH {
            return Err(RenderError::TooDeep);
        }
        self.depth += 1;
        self.spend(1)
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
