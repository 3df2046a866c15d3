if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=KdslIndent(v:lnum) indentkeys=0{,0},0),0],!^F,o,O
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*KdslIndent')
  finish
endif

function! s:IsCode(line, column) abort
  return synIDattr(synID(a:line, a:column, 1), 'name') !~# '\v^kdsl(Text|RawText|Escape|Comment|Documentation)'
endfunction

" By how much the brackets of a line indent the next one: those that it closes at its begin indent the line itself.
function! s:Opened(line) abort
  let text = getline(a:line)
  let depth = 0
  let isLeading = 1
  for column in range(1, len(text))
    let sign = text[column - 1]
    if sign !~# '\s' && sign !~# '[]})]'
      let isLeading = 0
    endif
    if sign =~# '[{[(]' && s:IsCode(a:line, column)
      let depth += 1
    elseif sign =~# '[]})]' && s:IsCode(a:line, column) && !isLeading
      let depth -= 1
    endif
  endfor
  return depth
endfunction

" Lines that begin so go on with the one before.
let s:goes_on = '\v^\s*%(\?\.|\.%([^.]|$)|\|\||\&\&|\?\?|[=!]\=|[<>*%+|]|\=\>|else>\s*[^:.? \t])'

function! KdslIndent(line) abort
  " Inside a text of several lines the author decides.
  if !s:IsCode(a:line, 1) && getline(a:line) !~# '^\s*//'
    return -1
  endif
  let before = prevnonblank(a:line - 1)
  let opened = before == 0 ? 0 : s:Opened(before)
  while before > 1 && getline(before) =~# s:goes_on
    let before = prevnonblank(before - 1)
    let opened += s:Opened(before)
  endwhile
  if before == 0
    return 0
  endif
  let indent = indent(before)
  if opened > 0
    let indent += shiftwidth()
  elseif opened < 0
    let indent -= shiftwidth()
  endif
  if getline(a:line) =~# '^\s*[]})]'
    let indent -= shiftwidth()
  elseif opened <= 0 && getline(a:line) =~# s:goes_on
    let indent += shiftwidth()
  endif
  return max([indent, 0])
endfunction
