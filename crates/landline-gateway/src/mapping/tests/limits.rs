//! Nothing that a template does goes on forever, grows forever, or exhausts the stack.

use super::{BODY, Overrides, RenderError, Template, render, render_with};
use crate::quotas::{FOREACH_ITERATIONS, MAPPING_TEMPLATE_BYTES};

#[test]
fn a_template_of_more_than_its_limit_is_refused() {
    let longest = "x".repeat(MAPPING_TEMPLATE_BYTES);
    assert!(Template::parse(&longest).is_ok());
    let error = Template::parse(&(longest + "x")).unwrap_err();
    assert_eq!(error.message, "the template is larger than 307200 bytes");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = |open: &str, middle: &str, close: &str| {
        format!("{}{middle}{}", open.repeat(20_000), close.repeat(20_000))
    };
    for template in [
        format!("#set($x = {})", deep("(", "1", ")")),
        format!("#set($x = {})", deep("[", "1", "]")),
        format!("#set($x = {})", deep("{'a':", "1", "}")),
        format!("#set($x = {})", deep("!", "true", "")),
        deep("$a[", "0", "]"),
        deep("$a.b(", "0", ")"),
        deep("#if(true)", "x", "#end"),
        deep("#macro(m)", "x", "#end"),
    ] {
        let error = Template::parse(&template).unwrap_err();
        assert_eq!(error.message, "the template is nested too deeply");
    }
}

#[test]
fn long_chains_are_not_deep() {
    let sum = format!("#set($x = 1{})$x", " + 1".repeat(50_000));
    assert_eq!(render(&sum).as_deref(), Ok("50001"));
    let path = format!("[$x{}]", ".a".repeat(50_000));
    assert_eq!(render(&path).as_deref(), Ok("[]"));
    let branches = format!("#if(false){}#end", "#elseif(false)".repeat(20_000));
    assert_eq!(render(&branches).as_deref(), Ok(""));
}

#[test]
fn a_loop_ends_at_its_limit_without_a_word() {
    let template = "#set($l = [1..1500])#foreach($i in $l)#set($n = $foreach.count)#end$n";
    assert_eq!(render(template), Ok(FOREACH_ITERATIONS.to_string()));
}

#[test]
fn work_has_an_end() {
    let thrice = |inner: &str| {
        let open = "#foreach($i in [1..1000])".repeat(3);
        format!("{open}{inner}{}", "#end".repeat(3))
    };
    for template in [
        thrice("#set($x = 1)"),
        "#set($x = [1..1000000000000])".to_owned(),
        "#set($l = [])".to_owned() + &thrice("#set($void = $l.add(1))"),
        "#set($m = {})".to_owned() + &thrice("#set($void = $m.put($foreach.index, 1))"),
        thrice("#set($x = 'aaaaaaaaaa'.replaceAll('a+b', ''))")
            .replace("'aaaaaaaaaa'", "$input.body"),
        "#macro(m $a)#m(\"$a$a\")#m(\"$a$a\")#end#m('')".to_owned(),
        "#set($l = [1])#foreach($i in [1..60])#set($l = [$l, $l])#end#if($l == $l)#end".to_owned(),
        "$input.path('$..*..*..*..*..*..*..*..*..*..*..*..*')".to_owned(),
    ] {
        let rendered = render_with(
            &template,
            &format!("[{}1{}]", "[".repeat(60), "]".repeat(60)),
            &mut Overrides::default(),
        );
        assert!(
            matches!(
                rendered,
                Err(RenderError::TooManySteps | RenderError::TooDeep)
            ),
            "{template}: {rendered:?}"
        );
    }
}

#[test]
fn text_has_an_end() {
    for template in [
        "#set($s = 'ten bytes!')#foreach($i in [1..1000])#set($s = \"$s$s\")#end",
        "#set($s = 'ten bytes!')#foreach($i in [1..1000])#set($s = $s + $s)#end",
        "#set($s = 'ten bytes!')#foreach($i in [1..1000])#set($s = $s.replace('t', $s))#end",
        "#set($s = 'ten bytes!')#foreach($i in [1..1000])#set($s = $s.replaceAll('.', $s))#end",
        "#set($s = 'ten bytes!')#set($s = $s.repeat(100000000000))",
        "#define($d)0123456789#end#foreach($i in [1..1000])#foreach($i in [1..1000])$d$d$d#end#end",
    ] {
        assert!(
            matches!(
                render(template),
                Err(RenderError::TooLong | RenderError::TooManySteps)
            ),
            "{template}"
        );
    }
}

#[test]
fn what_contains_itself_does_not_print_forever() {
    for template in [
        "#set($l = [])#set($void = $l.add($l))$l",
        "#set($m = {})#set($m.me = $m)$m",
        "#set($l = [])#set($void = $l.add($l))#if($l == [$l])#end",
        "#set($l = [])#foreach($i in [1..1000])#set($l = [$l])#end$l",
        "#set($b = $input.path('$'))#set($b.me = $b)$input.json('$')",
        "#macro(m)#m()#end#m()",
        "#macro(a)#b()#end#macro(b)#a()#end#a()",
        "#macro(m $a)#m($a)#end#m(1)",
        "#define($d)$d#end$d",
        "#set($e = '#evaluate($e)')#evaluate($e)",
    ] {
        assert_eq!(render(template), Err(RenderError::TooDeep), "{template}");
    }
}

#[test]
fn the_deepest_rendering_fits_half_of_a_thread_s_stack() {
    let deepest = || {
        for template in [
            "#macro(m)#if(true)#foreach($i in [1])#m()#end#end#end#m()",
            "#macro(m $a)#if(\"$a#m($a)\" == 1)x#end#set($x = \"#m([$a])\")#end#m(1)",
            "#set($e = '#set($x = \"#evaluate($e)\")')#evaluate($e)",
        ] {
            assert_eq!(render(template), Err(RenderError::TooDeep), "{template}");
        }
    };
    let thread = std::thread::Builder::new().stack_size(1024 * 1024);
    thread.spawn(deepest).unwrap().join().unwrap();
}

#[test]
fn a_value_that_contains_itself_is_not_searched_forever() {
    let template = "#set($b = $input.path('$'))#set($b.me = $b)$input.path('$..nope')";
    assert_eq!(render(template), Err(RenderError::TooManySteps));
}

#[test]
fn a_value_that_contains_itself_can_be_left_in_an_override() {
    let mut overrides = Overrides::default();
    let template = "#set($o = $context.requestOverride)#set($o.me = $o)done";
    let rendered = render_with(template, BODY, &mut overrides);
    assert_eq!(rendered.as_deref(), Ok("done"));
}

#[test]
fn a_pattern_that_would_be_huge_has_no_value() {
    let template = "[#set($s = 'a')$s.replaceAll('((a{1,200}){1,200}){1,200}', 'x')]";
    assert_eq!(render(template).as_deref(), Ok("[]"));
}
