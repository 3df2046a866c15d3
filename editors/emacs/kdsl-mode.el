;;; kdsl-mode.el --- Major mode for kdsl, typed configuration for Kubernetes  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages

;;; Commentary:

;; Colours, indentation and comments for .kdsl files, and the language server
;; of `kdsl' for eglot:
;;
;;   (require 'kdsl-mode)
;;   (add-hook 'kdsl-mode-hook #'eglot-ensure)
;;
;; eglot is part of Emacs 29; for Emacs 28 it is the package `eglot' of ELPA
;; (Debian: elpa-eglot).  With kdsl-eglot.el beside this file there are also
;; M-x kdsl-show-rendered, M-x kdsl-why, M-x kdsl-run-test and
;; M-x kdsl-run-tests.

;;; Code:

(require 'subr-x)

(defvar eglot-server-programs)

(defgroup kdsl nil
  "Typed configuration for Kubernetes."
  :group 'languages)

(defcustom kdsl-program "kdsl"
  "The kdsl program, for the language server."
  :type 'string)

(defcustom kdsl-indent-offset 2
  "Columns of one level of indentation."
  :type 'integer
  :safe #'integerp)

(defface kdsl-number-face
  (if (facep 'font-lock-number-face)
      '((t :inherit font-lock-number-face))
    '((t :inherit font-lock-constant-face)))
  "Numbers, quantities and durations.")

;;; Texts

;; A text is a string for Emacs from its first quote to its last, with the code
;; inside it.  Of that code the property `kdsl-code' is t.

(defvar kdsl-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\r ">" table)
    ;; Which quotes delimit a text, `kdsl--propertize' knows.
    (modify-syntax-entry ?\" "." table)
    (modify-syntax-entry ?\\ "." table)
    (modify-syntax-entry ?' "." table)
    (dolist (sign '(?+ ?- ?* ?% ?< ?> ?= ?& ?| ?! ?? ?. ?: ?, ?$))
      (modify-syntax-entry sign "." table))
    table))

(defun kdsl--put-fence (position)
  "Make the character at POSITION begin or end a string."
  (put-text-property position (1+ position) 'syntax-table (string-to-syntax "|")))

(defun kdsl--mark-code (begin end)
  (when (< begin end) (put-text-property begin end 'kdsl-code t)))

(defun kdsl--end-line (open)
  "What is open behind a line end where OPEN was.
One-line texts end there, with all that is open in them."
  (let ((rest open))
    (while (or (memq 'line rest) (memq 'raw-line rest))
      (setq rest (cdr rest)))
    rest))

(defun kdsl--scan-text (open end)
  "Go on in the text that is innermost in OPEN, to END at most.
Stop behind the next thing that matters, and return what is open there."
  (let ((kind (car open)))
    (if (not (re-search-forward (pcase kind
                                  ('line "[\"\\\n\r]\\|\\${")
                                  ('block "\"\"\"\\|[\\\n\r]\\|\\${")
                                  ('raw-line "[\"\n\r]")
                                  (_ "\"\"\"\\|[\n\r]"))
                                end 'move))
        open
      (let ((at (match-beginning 0)))
        (pcase (char-after at)
          (?\" (let ((rest (cdr open)))
                 (unless rest (kdsl--put-fence (1- (point))))
                 rest))
          (?\\ (unless (or (eolp) (>= (point) end)) (forward-char))
               open)
          (?$ (kdsl--mark-code at (point))
              (cons 0 open))
          (_ (let ((rest (kdsl--end-line open)))
               (unless rest (kdsl--put-fence at))
               (put-text-property at (point) 'kdsl-open rest)
               rest)))))))

(defun kdsl--scan-code (open end)
  "Go on in code, where OPEN is open, to END at most.
Stop behind the next thing that matters, and return what is open there."
  (let* ((from (point))
         (found (re-search-forward "//\\|\\_<r\"\\(?:\"\"\\)?\\|\"\\(?:\"\"\\)?\\|[{}\n\r]" end 'move))
         (at (if found (match-beginning 0) (point)))
         (count (car open)))
    (when count (kdsl--mark-code from at))
    (if (not found)
        open
      (pcase (char-after at)
        (?/ (end-of-line)
            open)
        ((or ?\n ?\r)
         (let ((rest (kdsl--end-line open)))
           (when (and open (null rest)) (kdsl--put-fence at))
           (put-text-property at (point) 'kdsl-open rest)
           rest))
        ((and ?{ (guard count))
         (kdsl--mark-code at (point))
         (cons (1+ count) (cdr open)))
        ((and ?} (guard count))
         (kdsl--mark-code at (point))
         (if (> count 0) (cons (1- count) (cdr open)) (cdr open)))
        ((or ?{ ?}) open)
        (first
         (unless open (kdsl--put-fence at))
         (let ((is-raw (eq first ?r))
               (is-block (string-suffix-p "\"\"\"" (match-string 0))))
           (cons (if is-raw (if is-block 'raw 'raw-line) (if is-block 'block 'line)) open)))))))

(defun kdsl--propertize (start end)
  "Find the texts between START and END.
What is open at a line's end is kept there, in the property
`kdsl-open': a list, the innermost first, of `line', `block', `raw'
and `raw-line' for texts and of numbers for the code in a text, which
count its open braces."
  (goto-char start)
  (beginning-of-line)
  (let ((open (and (> (point) (point-min)) (get-text-property (1- (point)) 'kdsl-open))))
    (remove-text-properties (point) end '(kdsl-code nil kdsl-open nil syntax-table nil))
    (while (< (point) end)
      (setq open (if (or (null open) (numberp (car open)))
                     (kdsl--scan-code open end)
                   (kdsl--scan-text open end))))))

;;; Colours

(defconst kdsl--reserved
  '("absent" "append" "else" "false" "final" "for" "if" "in" "is" "let" "match" "null" "prepend" "replace" "self" "super" "true")
  "Words that are never names in an expression.")

(defconst kdsl--declaring '("param" "resource" "external" "type" "schema" "component" "fn" "policy")
  "Words that declare the name behind them.")

(defun kdsl--reserved-at-p (position)
  (save-excursion
    (goto-char position)
    (and (looking-at "\\w+") (member (match-string-no-properties 0) kdsl--reserved))))

(defun kdsl--name-at-p (position)
  "True if a word that may be a name is at POSITION."
  (save-excursion
    (goto-char position)
    (and (looking-at "[A-Za-z_]") (not (kdsl--reserved-at-p position)))))

(defun kdsl--behind-p (words)
  "True if point, but for blanks, is behind one of WORDS as a whole word."
  (save-excursion
    (skip-chars-backward " \t")
    (let ((end (point)))
      (skip-chars-backward "A-Za-z0-9_")
      (member (buffer-substring-no-properties (point) end) words))))

(defun kdsl--item-begins-p (&optional more)
  "True if an entry or declaration may begin at point.
MORE are characters behind which it may, besides the usual."
  (save-excursion
    (skip-chars-backward " \t")
    (or (bolp) (memq (char-before) (append '(?{ ?,) more)))))

(defun kdsl--declares-p ()
  "True if a declaration's word may be at point.
There an item begins, or `private' stands before."
  (or (kdsl--item-begins-p)
      (and (kdsl--behind-p '("private"))
           (save-excursion
             (skip-chars-backward " \t")
             (skip-chars-backward "A-Za-z")
             (kdsl--item-begins-p)))))

(defun kdsl--value-ends-p (characters)
  "True if one of CHARACTERS or, for ?w, a word's is before point, but for blanks."
  (save-excursion
    (skip-chars-backward " \t")
    (let ((before (char-before)))
      (and before
           (or (memq before characters)
               (and (memq ?w characters) (memq (char-syntax before) '(?w ?_))))))))

(defun kdsl--after-dot-p ()
  (save-excursion
    (skip-chars-backward " \t")
    (and (eq (char-before) ?.)
         (not (eq (char-before (1- (point))) ?.)))))

(defun kdsl--contextual-p (word next)
  "True if WORD at point is a keyword.
NEXT is where, behind blanks, the text goes on."
  (let* ((first (char-after next))
         (apart (save-excursion (forward-char (length word)) (looking-at-p "[ \t]")))
         (text-follows (eq first ?\")))
    (pcase word
      ("private" (and (kdsl--item-begins-p)
                      (save-excursion
                        (goto-char next)
                        (and (looking-at "\\w+")
                             (member (match-string-no-properties 0) (append '("import" "let" "test") kdsl--declaring))))))
      ("import" (and (kdsl--declares-p) (memq first '(?\" ?{))))
      ("test" (and (kdsl--declares-p) text-follows))
      ("golden" (and (kdsl--item-begins-p '(?\))) text-follows))
      ("extends" (or (and (save-excursion (skip-chars-backward " \t") (bolp)) text-follows)
                     (and (kdsl--name-at-p next)
                          (save-excursion
                            (skip-chars-backward " \t")
                            (skip-chars-backward "A-Za-z0-9_")
                            (kdsl--behind-p '("schema" "component"))))))
      ((or "check" "warn")
       (and (or (kdsl--item-begins-p '(?\))) (kdsl--behind-p '("else" "final")))
            (or (memq first '(?\( ?\" ?! ?-))
                (and apart first
                     (not (memq first '(?: ?. ?? ?= ?, ?} ?\n ?\r)))
                     (not (save-excursion (goto-char next) (looking-at-p "\\(?:else\\|in\\|is\\)\\_>")))))))
      ((or "each" "waive") (and apart (or (kdsl--item-begins-p '(?\))) (kdsl--behind-p '("else"))) (kdsl--name-at-p next)))
      ("oneof" (and (kdsl--item-begins-p) (save-excursion (goto-char next) (looking-at-p "\\??[ \t]*{"))))
      ("as" (and (kdsl--name-at-p next)
                 (or (kdsl--value-ends-p '(?\"))
                     (and (kdsl--value-ends-p '(?w)) (kdsl--in-import-p) (not (kdsl--behind-p '("as")))))))
      ("from" (and text-follows (kdsl--value-ends-p '(?}))))
      ("because" (and apart (save-excursion
                              (skip-chars-backward " \t")
                              (skip-chars-backward "A-Za-z0-9_.")
                              (and (kdsl--behind-p '("waive")) (not (eq (char-after) ?\n))))))
      ("by" (and (kdsl--value-ends-p '(?\])) (or (eq first ?\() (and apart first (memq (char-syntax first) '(?w ?_))))))
      ("set" (kdsl--value-ends-p '(?\])))
      ("deprecated" (and text-follows (kdsl--value-ends-p '(?w ?\) ?\] ?} ?\" ??))))
      ("where" (and (eq first ?\() (kdsl--value-ends-p '(?w ?\) ?\] ?} ?\" ??)) (not (kdsl--behind-p '("else" "in")))))
      ("ref" (and apart (kdsl--name-at-p next)
                  (not (save-excursion (goto-char next) (looking-at-p "where[ \t]*(")))
                  (not (save-excursion (goto-char next) (looking-at-p "\\(?:because\\|extends\\)[ \t]+[\"A-Za-z_]")))))
      ("external" (or (and (kdsl--declares-p) apart (kdsl--name-at-p next))
                      (and (kdsl--value-ends-p '(?:)) (or (memq first '(nil ?\n ?\r ?, ?})) (save-excursion (goto-char next) (looking-at-p "//"))))))
      ((pred (lambda (it) (member it kdsl--declaring)))
       (and (kdsl--declares-p) apart (kdsl--name-at-p next))))))

(defun kdsl--in-import-p ()
  "True if point is between the braces of an import."
  (let ((open (nth 1 (syntax-ppss))))
    (and open (eq (char-after open) ?{)
         (save-excursion (goto-char open) (kdsl--behind-p '("import"))))))

(defun kdsl--named-p ()
  "True if the word at point is named by the word before it.
So it is in `component NAME' and `waive NAME'."
  (and (kdsl--behind-p (append '("each" "waive") kdsl--declaring))
       (save-excursion
         (skip-chars-backward " \t")
         (let ((end (point)))
           (skip-chars-backward "A-Za-z0-9_")
           (let ((word (buffer-substring-no-properties (point) end)))
             (kdsl--contextual-p word (save-excursion (goto-char end) (skip-chars-forward " \t") (point))))))))

(defconst kdsl--path-rest "\\(?:[ \t]*\\??\\.[ \t]*[A-Za-z_][A-Za-z0-9_]*\\|\\[[^]]*\\]\\)+[ \t]*\\??[ \t]*:"
  "What goes on from a word that begins a path of keys.")

(defun kdsl--word-face (word end)
  "The face of WORD, which begins at point and ends at END."
  (let ((next (save-excursion (goto-char end) (skip-chars-forward " \t") (point)))
        (is-reserved (member word kdsl--reserved)))
    (cond
     ((save-excursion (goto-char end) (looking-at-p "[ \t]*\\??[ \t]*:")) 'font-lock-variable-name-face)
     ((kdsl--after-dot-p) (and (eq (char-after end) ?\() 'font-lock-function-name-face))
     ((and is-reserved
           (or (kdsl--item-begins-p) (kdsl--behind-p '("final")))
           (not (and (equal word "final") (eq (char-after next) ?\[)))
           (save-excursion (goto-char end) (looking-at-p kdsl--path-rest)))
      'font-lock-variable-name-face)
     ((member word '("true" "false" "null" "absent")) 'font-lock-constant-face)
     ((member word '("self" "super")) 'font-lock-builtin-face)
     (is-reserved 'font-lock-keyword-face)
     ((and (not (kdsl--named-p)) (kdsl--contextual-p word next)) 'font-lock-keyword-face)
     ((let ((case-fold-search nil)) (string-match-p "\\`[A-Z]" word)) 'font-lock-type-face)
     ((member word '("any" "bool" "float" "int" "string")) 'font-lock-type-face)
     ((eq (char-after end) ?\() 'font-lock-function-name-face))))

(defvar kdsl--found-face nil
  "The face of what `kdsl--match-word' found.")

(defun kdsl--match-word (limit)
  "Find the next word or number that has a face, up to LIMIT."
  (let ((case-fold-search nil)
        found)
    (while (and (not found) (re-search-forward "\\_<\\(?:[A-Za-z_][A-Za-z0-9_]*\\|[0-9]\\)" limit t))
      (let ((begin (match-beginning 0)))
        (cond
         ((memq (get-text-property begin 'face) '(font-lock-comment-face font-lock-doc-face font-lock-string-face)))
         ((memq (char-after begin) '(?0 ?1 ?2 ?3 ?4 ?5 ?6 ?7 ?8 ?9))
          (goto-char begin)
          (looking-at "[0-9]\\(?:[0-9_]\\|\\.[0-9]\\)*\\(?:[eE][+-][0-9]\\)?\\(?:[A-Za-z0-9_]\\|\\.[0-9]\\)*")
          (goto-char (match-end 0))
          (setq kdsl--found-face 'kdsl-number-face found t))
         (t
          (let ((word (match-string-no-properties 0))
                (end (match-end 0)))
            (setq kdsl--found-face (save-match-data (save-excursion (goto-char begin) (kdsl--word-face word end)))
                  found kdsl--found-face)
            (set-match-data (list begin end)))))))
    found))

(defun kdsl--match-code-in-text (limit)
  "Find the next stretch of code in a text, up to LIMIT."
  (let ((begin (if (get-text-property (point) 'kdsl-code)
                   (point)
                 (next-single-property-change (point) 'kdsl-code nil limit))))
    (when (and begin (< begin limit))
      (goto-char (or (next-single-property-change begin 'kdsl-code nil limit) limit))
      (set-match-data (list begin (point)))
      t)))

(defvar kdsl-font-lock-keywords
  '((kdsl--match-code-in-text (0 nil t))
    (kdsl--match-word (0 kdsl--found-face)))
  "What `font-lock-defaults' of kdsl has.")

(defun kdsl--syntactic-face (state)
  "The face of the text or comment that STATE is in."
  (cond ((nth 3 state) 'font-lock-string-face)
        ((save-excursion (goto-char (nth 8 state)) (looking-at-p "///")) 'font-lock-doc-face)
        (t 'font-lock-comment-face)))

;;; Indentation

(defun kdsl-indent-line ()
  "Indent the line by the bracket that it is in."
  (interactive)
  (let ((indent (save-excursion (beginning-of-line) (kdsl--indentation))))
    (if (not indent)
        'noindent
      (if (<= (current-column) (current-indentation))
          (indent-line-to indent)
        (save-excursion (indent-line-to indent))))))

(defun kdsl--indentation ()
  "The indentation of the line at point.
It is nil inside a text, where the author decides."
  (let* ((state (syntax-ppss))
         (open (nth 1 state)))
    (cond
     ((nth 3 state) nil)
     ((null open) (if (kdsl--goes-on-p) kdsl-indent-offset 0))
     (t
      (let ((outer (save-excursion (goto-char open) (current-indentation)))
            (closes (looking-at-p "[ \t]*[]})]")))
        (+ outer
           (if closes 0 kdsl-indent-offset)
           ;; In parentheses all lines go on.
           (if (and (not closes) (not (eq (char-after open) ?\()) (kdsl--goes-on-p)) kdsl-indent-offset 0)))))))

(defun kdsl--goes-on-p ()
  "True if the line at point goes on with the one before."
  (looking-at-p "[ \t]*\\(?:\\?\\.\\|\\.\\(?:[^.]\\|$\\)\\|||\\|&&\\|\\?\\?\\|[=!]=\\|[<>*%+]\\|=>\\||\\|else\\_>[ \t]*[^:.? \t]\\)"))

;;; The mode

;;;###autoload
(define-derived-mode kdsl-mode prog-mode "kdsl"
  "Major mode for kdsl, typed configuration for Kubernetes."
  (setq-local comment-start "// ")
  (setq-local comment-start-skip "//+[ \t]*")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width kdsl-indent-offset)
  (setq-local indent-line-function #'kdsl-indent-line)
  (setq-local electric-indent-chars (append "]})" electric-indent-chars))
  (setq-local syntax-propertize-function #'kdsl--propertize)
  (setq-local parse-sexp-lookup-properties t)
  (setq-local font-lock-defaults
              '(kdsl-font-lock-keywords nil nil nil
                (font-lock-syntactic-face-function . kdsl--syntactic-face)))
  (setq-local imenu-generic-expression
              '((nil "^\\(?:private[ \t]+\\)?\\(?:param\\|let\\|resource\\|external\\|type\\|schema\\|component\\|fn\\|policy\\)[ \t]+\\([A-Za-z_][A-Za-z0-9_]*\\)" 1))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.kdsl\\'" . kdsl-mode))

;;; The language server

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'kdsl-mode (lambda (&rest _) (list kdsl-program "lsp")))))

;; What the server can do beyond what eglot asks for is in kdsl-eglot.el.
(autoload 'kdsl-show-rendered "kdsl-eglot" "Show the YAML that this file builds, and keep it up to date." t)
(autoload 'kdsl-why "kdsl-eglot" "Show where the value at point comes from." t)
(autoload 'kdsl-run-test "kdsl-eglot" "Run the test at point." t)
(autoload 'kdsl-run-tests "kdsl-eglot" "Run all tests of this file." t)

(provide 'kdsl-mode)
;;; kdsl-mode.el ends here
