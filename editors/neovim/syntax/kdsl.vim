" Colours of kdsl by patterns, for when there is no tree-sitter parser. What is defined later wins where two patterns begin together.
if exists('b:current_syntax')
  finish
endif

syn sync fromstart
syn case match

" ---- Names ----

syn match kdslName /\<\h\w*\>/
syn match kdslTypeName /\<\u\w*\>/
syn match kdslBuiltinType /\<\%(any\|bool\|float\|int\|string\)\>/
syn match kdslFunction /\<\h\w*\>(\@=/

" ---- Reserved words ----

syn match kdslConditional /\<\%(if\|else\|match\)\>/
syn match kdslRepeat /\<for\>/
syn match kdslOperatorWord /\<\%(in\|is\)\>/
syn match kdslDeclare /\<let\>/
syn match kdslModifier /\<\%(final\|replace\|append\|prepend\)\>/
syn match kdslSelf /\<\%(self\|super\)\>/
syn match kdslConstant /\<\%(true\|false\|null\|absent\)\>/

" ---- Words that are keywords where their construct begins ----

" A name that is declared: no reserved word.
syn match kdslModifier /\%(\%(^\|[{,]\)\s*\)\@80<=private\%(\s\+\%(import\|param\|let\|resource\|external\|type\|schema\|component\|fn\|policy\|test\)\>\)\@=/
syn match kdslDeclare /\%(\%(^\|[{,]\)\s*\%(private\s\+\)\=\)\@80<=\%(param\|resource\|external\|type\|schema\|component\|fn\|policy\)\%(\s\+\%(\%(absent\|append\|else\|false\|final\|for\|if\|in\|is\|let\|match\|null\|prepend\|replace\|self\|super\|true\)\>\)\@!\h\)\@=/
syn match kdslInclude /\%(\%(^\|[{,]\)\s*\%(private\s\+\)\=\)\@80<=import\%(\s*["{]\)\@=/
syn match kdslDeclare /\%(\%(^\|[{,]\)\s*\%(private\s\+\)\=\)\@80<=test\%(\s*"\)\@=/
syn match kdslInclude /\%(^\s*\)\@80<=extends\%(\s*"\)\@=/
syn match kdslModifier /\%(\<\%(schema\|component\)\s\+\h\w*\s\+\)\@80<=extends\%(\s\+\h\)\@=/
syn match kdslCheck /\%(\%(^\|[{,)]\|\<else\|\<final\)\s*\)\@80<=\%(check\|warn\)\%(\s\+\%(\%(else\|in\|is\)\>\)\@![^ \t:.?=,}]\|["(!-]\)\@=/
syn match kdslCheck /\%(\%(^\|[{,)]\|\<else\)\s*\)\@80<=\%(each\|waive\)\%(\s\+\%(\%(absent\|append\|else\|false\|final\|for\|if\|in\|is\|let\|match\|null\|prepend\|replace\|self\|super\|true\)\>\)\@!\h\)\@=/
syn match kdslCheck /\%(\%(^\|[{,)]\)\s*\)\@80<=golden\%(\s*"\)\@=/
syn match kdslDeclare /\%(\%(^\|[{,]\)\s*\)\@80<=oneof\%(\s*?\=\s*{\)\@=/
syn match kdslCheck /\%(:\s*\)\@80<=external\>\%(\s*\%($\|,\|}\|\/\/\)\)\@=/

" ---- Words behind what they belong to ----

syn match kdslInclude /\%("\s*\)\@80<=\<as\>\%(\s\+\h\)\@=/
syn match kdslInclude /\%(}\s*\)\@80<=\<from\>\%(\s*"\)\@=/
syn match kdslCheck /\%(\<waive\s\+[A-Za-z0-9_.]\+\s\+\)\@80<=because\>\%(\s\)\@=/
syn match kdslModifier /\%(\]\s*\)\@80<=\<by\>\%(\s*[A-Za-z_(]\)\@=/
syn match kdslModifier /\%(\]\s*\)\@80<=\<set\>/
syn match kdslModifier /\%([A-Za-z0-9_)\]}"?]\s*\)\@80<=\<deprecated\>\%(\s*"\)\@=/
syn match kdslCheck /\%([A-Za-z0-9_)\]}"?]\s\+\)\@80<=where\>\%(\s*(\)\@=/
syn match kdslModifier /\<ref\>\%(\s\+\%(where\>\s*(\)\@!\%(\%(absent\|append\|else\|false\|final\|for\|if\|in\|is\|let\|match\|null\|prepend\|replace\|self\|super\|true\)\>\)\@!\h\)\@=/
" What such a word names is a name, whatever it is.
syn match kdslName /\%(\%(^\|[{,)]\|\<else\)\s*\%(waive\|each\)\s\+\)\@80<=\%(\%(absent\|append\|else\|false\|final\|for\|if\|in\|is\|let\|match\|null\|prepend\|replace\|self\|super\|true\)\>\)\@!\h\w*\>/
syn match kdslName /\%(\%(^\|[{,]\)\s*\%(private\s\+\)\=\%(param\|resource\|external\|type\|schema\|component\|fn\|policy\)\s\+\)\@80<=\%(\%(absent\|append\|else\|false\|final\|for\|if\|in\|is\|let\|match\|null\|prepend\|replace\|self\|super\|true\)\>\)\@!\h\w*\>/

" ---- Keys: the same words again, as what they are called ----

syn match kdslKey /\<\h\w*\>\%(\s*?\=\s*:\)\@=/
syn match kdslKey /\%([^.]\.\s*\|^\.\s*\)\@80<=\h\w*\>/
syn match kdslMethod /\%([^.]\.\s*\|^\.\s*\)\@80<=\h\w*\>(\@=/
" A reserved word that begins a path of keys.
syn match kdslKey /\%(\%(^\|[{,]\|\<final\)\s*\)\@80<=\<\%(absent\|append\|else\|false\|final\|for\|if\|in\|is\|let\|match\|null\|prepend\|replace\|self\|super\|true\)\>\%(\%(\s*?\=\.\s*\h\w*\|\[[^\]]*\]\)\+\s*?\=\s*:\)\@=/
syn match kdslModifier /\%(\%(^\|[{,]\)\s*\)\@80<=\<final\>\%(\s*\[\|\s\+["A-Za-z_]\)\@=/

" ---- Numbers, signs ----

syn match kdslNumber /\<\d\%(\d\|_\|\.\d\@=\)*\%([eE][+-]\d\@=\)\=\%(\w\|\.\d\@=\)*/
syn match kdslSign /[-+*/%<>=!&|?]\+/

" ---- Braces, so that the one that ends the code in a text is found ----

syn region kdslBraces matchgroup=kdslBracket start=/{/ end=/}/ transparent contains=TOP
" The names of an import are no entries.
syn region kdslImportNames matchgroup=kdslBracket start=/\%(\%(^\|[{,]\)\s*\%(private\s\+\)\=import\s*\)\@80<={/ end=/}/ contains=kdslImportName,kdslImportAs,kdslComment
syn match kdslImportName /\<\h\w*\>/ contained
syn match kdslImportAs /\%(\<\h\w*\s\+\)\@80<=as\%(\s\+\h\w*\)\@=\%(\s\+as\s\+\h\)\@!/ contained

" ---- Texts ----

syn match kdslEscape /\\\%(u{\x\{1,6}}\|.\)/ contained
syn region kdslCodeInLine matchgroup=kdslInterpolation start=/\${/ end=/}/ end=/$/ contained contains=TOP
syn region kdslCodeInBlock matchgroup=kdslInterpolation start=/\${/ end=/}/ contained contains=TOP
syn region kdslText start=/"/ end=/"/ end=/$/ contains=kdslEscape,kdslCodeInLine
syn region kdslTextBlock start=/"""/ end=/"""/ contains=kdslEscape,kdslCodeInBlock
syn match kdslRawText /\<r"[^"]*\%("\|$\)/
syn region kdslRawTextBlock start=/\<r"""/ end=/"""/

" ---- Comments ----

syn match kdslComment /\/\/.*$/ contains=@Spell
syn match kdslDocumentation /\/\/\/.*$/ contains=@Spell

hi def link kdslTypeName Type
hi def link kdslBuiltinType Type
hi def link kdslFunction Function
hi def link kdslMethod Function
hi def link kdslKey Identifier
hi def link kdslConditional Conditional
hi def link kdslRepeat Repeat
hi def link kdslOperatorWord Operator
hi def link kdslDeclare Keyword
hi def link kdslModifier StorageClass
hi def link kdslInclude Include
hi def link kdslImportAs Include
hi def link kdslCheck Statement
hi def link kdslSelf Special
hi def link kdslConstant Constant
hi def link kdslNumber Number
hi def link kdslSign Operator
hi def link kdslInterpolation Special
hi def link kdslEscape SpecialChar
hi def link kdslText String
hi def link kdslTextBlock String
hi def link kdslRawText String
hi def link kdslRawTextBlock String
hi def link kdslComment Comment
hi def link kdslDocumentation SpecialComment

let b:current_syntax = 'kdsl'
