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
use crate::authorizer::http::{Entrance, Judged, try_out};
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{HttpApi, LiveStage, Route};
use crate::gateway::Gateway;
use crate::observe::{Observer, Shown, Step, TrialLog, told};

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
        let target = target(&slot, asked.unwrap_or(&trial.resource_path));
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
        let route = follow(&mut serving.call, api, asked, &trial.resource_path)?;
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

/// What an authorizer said that was tried.
pub(crate) struct Asked {
    pub(crate) judged: Judged,
    pub(crate) latency: Duration,
    pub(crate) log: String,
}

impl Gateway {
    /// Asks the authorizer of a stage's only method. None where there is no such method.
    pub(crate) async fn try_authorizer(&self, trial: Trial, authorizer_id: &str) -> Option<Asked> {
        let plane = &self.plane;
        let slot = StageSlot::new(trial.stage);
        let stage = slot.load();
        let api = stage.snapshot.as_ref()?.http.as_ref()?;
        let target = target(&slot, trial.path.as_deref().unwrap_or("/"));
        let (time, begun) = (plane.clock.now(), Instant::now());
        let request_id = plane.ids.request();
        let mut call = HttpCall::new(&trial.request, &target, api, time);
        let route = follow(&mut call, api, None, &trial.resource_path)?;
        call.who = identity(&trial.caller);
        let entrance = Entrance {
            plane,
            slot: &slot,
            stage: &stage,
            route: &route,
            call: &call,
            authentication: &target.authentication,
            request_id: &request_id,
            time,
            observer: None,
        };
        let judged = try_out(&entrance, authorizer_id).await;
        Some(Asked {
            log: told(&request_id, &judged.lines),
            latency: begun.elapsed(),
            judged,
        })
    }
}

/// Where a trial's request is sent, which is nowhere.
fn target(slot: &Arc<StageSlot>, path: &str) -> HttpTarget {
    HttpTarget {
        stage: Arc::clone(slot),
        shown_path: path.to_owned(),
        path: path.to_owned(),
        domain_name: "testPrefix.testDomainName".to_owned(),
        source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        authentication: Authentication::Anonymous,
    }
}

/// Finds the method, which is the one that was named, whatever path is asked for.
fn follow(
    call: &mut HttpCall,
    api: &HttpApi,
    asked: Option<&str>,
    resource_path: &str,
) -> Option<Arc<Route>> {
    let segments = call.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let by_path = asked.and_then(|_| api.route(&call.method, &segments));
    if let Some(found) = by_path {
        let route = Arc::clone(found.route);
        call.follow(found);
        return Some(route);
    }
    let own = resource_path.split('/').filter(|it| !it.is_empty());
    let own: Vec<&str> = own.collect();
    let found = api.route(&call.method, &own)?;
    let route = Arc::clone(found.route);
    call.follow(found);
    call.path_parameters.clear();
    Some(route)
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
