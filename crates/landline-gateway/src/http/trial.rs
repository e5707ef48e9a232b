//! A method of a REST API that its owner tries out, by no stage: neither authorizers nor keys nor limits stand before it,
//! and its answer comes with the log of all that happened.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html>

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request};
use landline_wire::Caller;
use tokio::time::Instant;

use super::{HttpCall, HttpTarget, Serving, Who};
use crate::authorizer::Authentication;
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::LiveStage;
use crate::gateway::Gateway;
use crate::observe::{Observer, Shown, Step, TrialLog};

/// The name by which a method that is tried knows its stage.
pub(crate) const STAGE: &str = "test-invoke-stage";

/// A method to be tried: the only one that its stage has.
pub(crate) struct Trial {
    pub(crate) stage: LiveStage,
    pub(crate) request: Request<Bytes>,
    /// The path of its resource, with variables.
    pub(crate) resource_path: String,
    /// The path that is asked for, if one is.
    pub(crate) path: Option<String>,
    pub(crate) caller: Caller,
}

/// What came of it.
pub(crate) struct Tried {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) latency: Duration,
    pub(crate) log: String,
}

impl Gateway {
    /// Runs a method. None where the stage has none.
    pub(crate) async fn try_method(&self, trial: Trial) -> Option<Tried> {
        let plane = &self.plane;
        let slot = StageSlot::new(trial.stage);
        let stage = slot.load();
        let api = stage.snapshot.as_ref()?.http.as_ref()?;
        let asked = trial.path.as_deref();
        let path = asked.unwrap_or(&trial.resource_path).to_owned();
        let target = HttpTarget {
            stage: Arc::clone(&slot),
            shown_path: path.clone(),
            path,
            domain_name: "testPrefix.testDomainName".to_owned(),
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            authentication: Authentication::Anonymous,
        };
        let time = plane.clock.now();
        let mut serving = Serving {
            plane,
            slot: &slot,
            stage: &stage,
            api,
            request_id: plane.ids.request(),
            call: HttpCall::new(&trial.request, &target, api, time),
            time,
            begun: Instant::now(),
        };
        let parts = |path: &str| -> Vec<String> {
            let parts = path.split('/').filter(|it| !it.is_empty());
            parts.map(str::to_owned).collect()
        };
        let (own, segments) = (parts(&trial.resource_path), serving.call.segments());
        let find = |segments: &[String]| {
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            api.route(&serving.call.method, &segments)
        };
        // The method is the one that was named, whatever the path is.
        let by_path = asked.and_then(|_| find(&segments));
        let has_path = by_path.is_some();
        let found = by_path.or_else(|| find(&own))?;
        let route = Arc::clone(found.route);
        serving.call.follow(found);
        if !has_path {
            serving.call.path_parameters.clear();
        }
        serving.call.who = identity(&trial.caller);
        let observer = Observer::of_trial(plane.clock.clone());
        let step = Step::for_request(
            trial.request.headers(),
            &serving.request_id,
            Some(route.key.as_str()),
        );
        let result = serving.execute(&route, Some(&observer), &step).await;
        let ready = serving.ready(result);
        step.end(ready.status);
        let latency = serving.begun.elapsed();
        let call = &serving.call;
        let log = TrialLog {
            request_id: &serving.request_id,
            begun: time,
            method: &call.method,
            path: &call.path,
            path_parameters: call.path_parameters.clone().into_iter().collect(),
            query: query(trial.request.uri().query().unwrap_or_default()),
            request: Shown {
                body: &call.text,
                headers: shown(trial.request.headers()),
            },
            answer: Shown {
                body: &String::from_utf8_lossy(&ready.body),
                headers: shown(&ready.headers),
            },
            outcome: &ready.outcome,
            observer: &observer,
        };
        Some(Tried {
            log: log.write(),
            status: ready.status,
            headers: ready.headers,
            body: ready.body,
            latency,
        })
    }
}

/// Whom the method takes for its client: the owner, at no address.
fn identity(caller: &Caller) -> Who {
    let identity = BTreeMap::from([
        ("accountId", caller.account_id.to_string()),
        ("apiKey", "test-invoke-api-key".to_owned()),
        ("apiKeyId", "test-invoke-api-key-id".to_owned()),
        ("caller", caller.account_id.to_string()),
        ("sourceIp", "test-invoke-source-ip".to_owned()),
        ("user", caller.account_id.to_string()),
        ("userArn", caller.principal.to_string()),
    ]);
    Who {
        identity,
        authorizer: None,
    }
}

fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let shown = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_owned(), value.into_owned())
    });
    shown.collect()
}

fn query(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
        decoded.into_owned()
    };
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
