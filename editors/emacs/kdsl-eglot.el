;;; kdsl-eglot.el --- What kdsl's language server can do beyond eglot  -*- lexical-binding: t; -*-

;;; Commentary:

;; Commands for buffers of `kdsl-mode' with a language server: the rendered
;; YAML, where a value comes from, and running tests.  kdsl-mode.el loads this
;; when one of them is called.

;;; Code:

(require 'compile)
(require 'eglot)
(require 'jsonrpc)
(require 'seq)
(require 'subr-x)

(declare-function yaml-mode "yaml-mode")

;;; Asking the server

(defun kdsl--server-with (ability)
  "The language server of this buffer, if it has ABILITY."
  (let ((server (eglot-current-server)))
    (and server
         (plist-get (plist-get (eglot--capabilities server) :experimental) ability)
         server)))

(defun kdsl--ask (method parameters &optional ability)
  "What the server answers to METHOD with PARAMETERS.
It knows the buffer's text as it is.  A server without ABILITY is an error."
  (let ((server (if ability (kdsl--server-with ability) (eglot-current-server))))
    (unless server
      (user-error "No kdsl language server runs here that can do this (M-x eglot)"))
    (eglot--signal-textDocument/didChange)
    (jsonrpc-request server method parameters)))

(defun kdsl--path (uri)
  "The path of the file that URI names."
  (if (fboundp 'eglot-uri-to-path) (eglot-uri-to-path uri) (eglot--uri-to-path uri)))

(defun kdsl--start (location)
  "Where LOCATION begins: a property list of :line and :character."
  (plist-get (plist-get location :range) :start))

(defun kdsl--place-text (location)
  "LOCATION for people: its file's name and line."
  (format "%s:%d"
          (file-name-nondirectory (kdsl--path (plist-get location :uri)))
          (1+ (plist-get (kdsl--start location) :line))))

;;; The rendered YAML

(defvar-local kdsl--rendered-buffer nil
  "The buffer that shows what this buffer builds.")

(defvar-local kdsl--rendered-timer nil)

(defconst kdsl--quiet-time 0.15
  "Seconds after the last change before what is shown is built again.")

(defun kdsl--show-rendered-result (buffer result)
  "Show RESULT, what the server made of a file, in BUFFER."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (let ((inhibit-read-only t)
            (text (concat (mapconcat (lambda (problem) (concat "# " (replace-regexp-in-string "\n" " " problem) "\n")) (plist-get result :problems) "")
                          (when (plist-get result :builtAt)
                            (format "# below is what was built last, at %s\n" (plist-get result :builtAt)))
                          (plist-get result :text))))
        (with-temp-buffer
          (insert text)
          (let ((new (current-buffer)))
            (with-current-buffer buffer (replace-buffer-contents new))))))))

(defun kdsl--render (source)
  "Build what SOURCE, a buffer, has, and show it."
  (when (buffer-live-p source)
    (with-current-buffer source
      (setq kdsl--rendered-timer nil)
      (let ((server (kdsl--server-with :rendered))
            (target kdsl--rendered-buffer))
        (when (and server (buffer-live-p target))
          ;; Deferred until the server knows the latest changes.
          (jsonrpc-async-request server :kdsl/rendered
                                 (list :textDocument (eglot--TextDocumentIdentifier))
                                 :deferred :kdsl/rendered
                                 :success-fn (lambda (result) (kdsl--show-rendered-result target result))))))))

(defun kdsl--render-soon (&rest _)
  "Build again when nothing was typed for a moment."
  (if (not (buffer-live-p kdsl--rendered-buffer))
      (remove-hook 'after-change-functions #'kdsl--render-soon t)
    (when kdsl--rendered-timer (cancel-timer kdsl--rendered-timer))
    (setq kdsl--rendered-timer (run-with-timer kdsl--quiet-time nil #'kdsl--render (current-buffer)))))

(defun kdsl-show-rendered ()
  "Show the YAML that this file builds, and keep it up to date."
  (interactive)
  (unless (kdsl--server-with :rendered)
    (user-error "No kdsl language server runs here that can do this (M-x eglot)"))
  (unless (buffer-live-p kdsl--rendered-buffer)
    (setq kdsl--rendered-buffer (generate-new-buffer (format "*rendered: %s*" (buffer-name))))
    (with-current-buffer kdsl--rendered-buffer
      (if (fboundp 'yaml-mode) (yaml-mode) (fundamental-mode))
      (setq buffer-read-only t)))
  (add-hook 'after-change-functions #'kdsl--render-soon nil t)
  (kdsl--render (current-buffer))
  (display-buffer kdsl--rendered-buffer))

;;; Where a value comes from

(defconst kdsl--effects
  '(("sets" . "set")
    ("merges" . "merged")
    ("appends" . "appended")
    ("prepends" . "prepended")
    ("deletes" . "made absent")
    ("external" . "made elsewhere")
    ("below" . "read by super")
    ("overridden" . "overridden")
    ("dropped" . "dropped by a stronger layer")
    ("idle" . "not held"))
  "What a setting does, for people.")

(defconst kdsl--origins
  '(("default" . "the default") ("command-line" . "from outside") ("server" . "by the API server"))
  "Where a setting is from, but for source.")

(defconst kdsl--passages
  '(("each" . "by an each") ("spread" . "by a spread") ("copy" . "by way of"))
  "How a setting got to where it is.")

(defvar kdsl-why-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "RET") #'kdsl-why-open)
    map))

(define-derived-mode kdsl-why-mode special-mode "kdsl-why"
  "Where a value comes from: the strongest setting first.
\\<kdsl-why-mode-map>\\[kdsl-why-open] opens the place of a line."
  (setq truncate-lines t))

(defun kdsl-why-open ()
  "Open the place of the line at point."
  (interactive)
  (let ((location (get-text-property (line-beginning-position) 'kdsl-location)))
    (unless location (user-error "This line is no place"))
    (pop-to-buffer (find-file-noselect (kdsl--path (plist-get location :uri))))
    (push-mark nil t)
    (goto-char (eglot--lsp-position-to-point (kdsl--start location)))))

(defun kdsl--insert-line (depth text location)
  "Insert TEXT, indented by DEPTH, which LOCATION is the place of."
  (let ((from (point)))
    (insert (make-string (* 2 depth) ?\s)
            (if location (concat (kdsl--place-text location) "  ") "")
            (replace-regexp-in-string "\n" " " text)
            "\n")
    (when location (put-text-property from (point) 'kdsl-location location))))

(defun kdsl--describe-setting (setting)
  "What SETTING does and where it is from, in a few words."
  (let ((effect (plist-get setting :effect))
        (condition (plist-get setting :condition))
        (origin (assoc-default (plist-get setting :origin) kdsl--origins))
        (within (plist-get setting :within)))
    (string-join
     (delq nil
           (list (if (and (equal effect "idle") condition)
                     (concat "not held: " condition)
                   (or (assoc-default effect kdsl--effects) effect))
                 (and (eq (plist-get setting :final) t) "final")
                 origin
                 (and within (concat "in " within))))
     ", ")))

(defun kdsl--insert-value (value depth)
  "Insert VALUE with its settings and what those read, indented by DEPTH."
  (kdsl--insert-line depth (format "%s: %s" (plist-get value :path) (plist-get value :value)) nil)
  (seq-doseq (setting (plist-get value :settings))
    (let ((text (plist-get setting :text)))
      (when (string-empty-p text) (setq text (or (plist-get setting :value) (plist-get setting :effect))))
      (kdsl--insert-line (1+ depth) (format "%s  (%s)" text (kdsl--describe-setting setting)) (plist-get setting :location)))
    (seq-doseq (detour (plist-get setting :detours))
      (let ((kind (plist-get detour :kind)))
        (kdsl--insert-line (+ 2 depth)
                           (format "%s  (%s)" (plist-get detour :text) (or (assoc-default kind kdsl--passages) kind))
                           (plist-get detour :location))))
    (seq-doseq (input (plist-get setting :inputs))
      (kdsl--insert-value input (+ 2 depth)))))

(defun kdsl--insert-view (view)
  "Insert the values of VIEW, one build."
  (let* ((target (plist-get view :target))
         (more (plist-get view :more))
         (depth (if target 1 0)))
    (when (eq (plist-get view :old) t)
      (kdsl--insert-line 0 "There are errors: this is how it was before them." nil))
    (when target (kdsl--insert-line 0 target nil))
    (seq-doseq (value (plist-get view :values)) (kdsl--insert-value value depth))
    (when (> more 0) (kdsl--insert-line depth (format "… and %d more" more) nil))))

(defun kdsl-why ()
  "Show where the value at point comes from, in each target of the project."
  (interactive)
  (let ((views (seq-filter (lambda (view) (not (seq-empty-p (plist-get view :values))))
                           (plist-get (kdsl--ask :kdsl/why (eglot--TextDocumentPositionParams) :why) :views))))
    (if (null views)
        (message "What is at point has no value in a build")
      (let ((buffer (get-buffer-create "*kdsl why*")))
        (with-current-buffer buffer
          (kdsl-why-mode)
          (let ((inhibit-read-only t))
            (erase-buffer)
            (mapc #'kdsl--insert-view views))
          (goto-char (point-min)))
        (display-buffer buffer)))))

;;; Tests

(defconst kdsl--test-kind 24
  "The kind of symbol that the server gives to tests, and to nothing else.")

(defun kdsl--test-at-point ()
  "The title of the test at point, or nil."
  (let* ((symbols (kdsl--ask :textDocument/documentSymbol (list :textDocument (eglot--TextDocumentIdentifier))))
         (line (1- (line-number-at-pos nil t)))
         (around (lambda (symbol)
                   (let ((range (or (plist-get symbol :range) (plist-get (plist-get symbol :location) :range))))
                     (and (eql (plist-get symbol :kind) kdsl--test-kind)
                          (<= (plist-get (plist-get range :start) :line) line (plist-get (plist-get range :end) :line)))))))
    (plist-get (seq-find around symbols) :name)))

(defun kdsl--insert-problem (problem)
  "Insert PROBLEM as compilers write them, for `next-error'."
  (let* ((location (plist-get problem :location))
         (start (and location (kdsl--start location))))
    (insert (if location
                (format "%s:%d:%d: error: " (kdsl--path (plist-get location :uri)) (1+ (plist-get start :line)) (1+ (plist-get start :character)))
              "error: ")
            (replace-regexp-in-string "\n" "\n    " (plist-get problem :message))
            "\n")))

(defun kdsl--show-run (run)
  "Show RUN, the results of tests: what failed in a buffer for `next-error'."
  (let* ((tests (plist-get run :tests))
         (failed (seq-remove (lambda (test) (eq (plist-get test :passed) t)) tests))
         (problems (plist-get run :problems))
         (summary (if (seq-empty-p problems)
                      (format "%d passed, %d failed" (- (length tests) (length failed)) (length failed))
                    "The file has errors, no test ran"))
         (buffer (get-buffer-create "*kdsl test*")))
    (with-current-buffer buffer
      (compilation-mode "kdsl-test")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (seq-do #'kdsl--insert-problem problems)
        (dolist (test failed)
          (insert (format "Failed: %s\n" (plist-get test :title)))
          (seq-do #'kdsl--insert-problem (plist-get test :problems)))
        (insert summary "\n"))
      (goto-char (point-min)))
    (setq next-error-last-buffer buffer)
    (if (and (null failed) (seq-empty-p problems))
        (let ((window (get-buffer-window buffer)))
          (when window (quit-window nil window)))
      (display-buffer buffer))
    (message "%s" summary)))

(defun kdsl--run (title)
  "Run the test of TITLE, or all of the file if that is nil."
  (let ((argument (append (list :textDocument (eglot--TextDocumentIdentifier)) (and title (list :title title)))))
    (kdsl--show-run (kdsl--ask :workspace/executeCommand (list :command "kdsl.server.runTests" :arguments (vector argument))))))

(defun kdsl-run-test ()
  "Run the test at point.  What fails is shown, and found by \\[next-error]."
  (interactive)
  (kdsl--run (or (kdsl--test-at-point) (user-error "There is no test at point"))))

(defun kdsl-run-tests ()
  "Run all tests of this file.  What fails is shown, and found by \\[next-error]."
  (interactive)
  (kdsl--run nil))

(provide 'kdsl-eglot)
;;; kdsl-eglot.el ends here
